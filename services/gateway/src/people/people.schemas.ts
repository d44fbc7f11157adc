import {
  doorId,
  oneLine,
  personId,
  personName,
  sampleVerdict,
  similarity,
} from '@latchkey/contracts';
import { z } from 'zod';
import { page, pageQuery, time } from '../http/words.schemas.js';

const email = z
  .email('one plain address, such as asha@example.org')
  .max(254)
  .meta({ description: 'Where the codes go.', examples: ['asha@example.org'] });

const group = z.string().trim().min(1).max(64).regex(oneLine, 'a group stands on one line');

export const personState = z.enum(['draft', 'enrolled', 'suspended']);

/** The body of POST /people. */
export const newPerson = z.object({
  id: personId.meta({
    description:
      'The id you choose for the person and keep, such as a staff or student number: 1-64 letters, digits, inner `-` and `_`.',
    examples: ['s1024'],
  }),
  name: personName,
  email,
  guard: z.boolean().default(false).meta({ description: 'Guards hear of alarms.' }),
  groups: z
    .array(group)
    .max(20)
    .default([])
    .meta({ description: 'Groups the person is in; doors may tell a group of who enters.' }),
});

export const person = z
  .object({
    id: personId,
    name: z.string(),
    email: z.string(),
    state: personState,
    samples: z.int().min(0).max(5).meta({ description: 'Face samples taken so far.' }),
    guard: z.boolean(),
    groups: z.array(z.string()),
    createdAt: time,
    enrolledAt: time.nullable(),
    codeIssuedAt: time.nullable().meta({ description: 'When the valid code was issued.' }),
    locks: z.array(z.object({ door: doorId, until: time })),
    version: z.int().min(0),
  })
  .meta({ id: 'Person' });
export type PersonAnswer = z.infer<typeof person>;

export const people = page(person, 'people').extend({ total: z.int().min(0) });

export const personParams = z.object({ id: personId });
export const lockParams = z.object({ id: personId, door: doorId });
export const peopleQuery = pageQuery.extend({
  state: personState.optional().meta({ description: 'Without it: enrolled and suspended.' }),
});

/** What is said after a good sample. */
export const sampleAnswer = z
  .object({
    verdict: sampleVerdict,
    quality: z.number().min(0).max(1).nullable(),
    liveness: z.number().min(0).max(1).nullable(),
    samples: z.int().min(1).max(5),
    remaining: z.int().min(0).max(4),
    agreement: similarity.meta({ description: 'How well it fits the samples before it.' }),
    next: z.string().meta({ description: 'What to do now.' }),
  })
  .meta({ id: 'Sample' });
export type SampleAnswer = z.infer<typeof sampleAnswer>;

/** The body of DELETE /people/{id}/draft; it may be left out. */
export const abandonment = z
  .object({
    reason: z.enum(['quit', 'expired', 'samples']).default('quit'),
    detail: z.string().max(300).regex(oneLine, 'a detail stands on one line').default(''),
  })
  .prefault({});

export const receipt = z
  .object({ person: personId, receipt: z.string(), at: time })
  .meta({ id: 'DeletionReceipt' });
export const receipts = z.object({ receipts: z.array(receipt) });

/** What must be typed before everybody is forgotten. */
const DELETE_ALL = 'delete all people';
export const deleteAllConfirmation = z.object({
  confirm: z.literal(DELETE_ALL, `must be "${DELETE_ALL}", word for word`),
});
