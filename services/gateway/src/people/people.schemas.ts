import {
  consentVersion,
  doorId,
  erasureReceipt,
  language,
  newPersonId,
  oneLine,
  personId,
  personName,
  personState,
  sampleVerdict,
  similarity,
} from '@latchkey/contracts';
import { z } from 'zod';
import { page, pageQuery, time } from '../http/words.schemas.js';
import { codeState } from './code-state.pure.js';

/** The largest list that is taken; its body is larger by what JSON escapes. */
const IMPORT_MAX_BYTES = 4 * 1024 * 1024;
export const IMPORT_BODY_MAX_BYTES = 2 * IMPORT_MAX_BYTES;

const email = z
  .email('one plain address, such as asha@example.org')
  .max(254)
  .meta({ description: 'Where the codes go.', examples: ['asha@example.org'] });

const group = z.string().trim().min(1).max(64).regex(oneLine, 'a group stands on one line');

/** What an operator may set of a person. */
const details = {
  name: personName,
  email,
  guard: z.boolean().default(false).meta({ description: 'Guards hear of alarms.' }),
  groups: z
    .array(group)
    .max(20)
    .default([])
    .meta({ description: 'Groups the person is in; doors may tell a group of who enters.' }),
  language: language.default('en'),
};

/** What the person agreed to before the samples are taken. */
const agreement = z
  .object({ version: consentVersion })
  .nullable()
  .default(null)
  .meta({ description: 'null: nothing was agreed to.' });

/** The body of POST /people. */
export const newPerson = z.object({
  id: newPersonId.meta({
    description:
      'The id you choose for the person and keep, such as a staff or student number: 1-64 letters, digits, inner `-` and `_`.',
    examples: ['s1024'],
  }),
  ...details,
  consent: agreement,
});

/** The body of PUT /people/{id}: what an operator may set, whole. */
export const personUpdate = z.object(details);

/** The body of POST /people/{id}/draft; it may be left out. */
export const enrolmentStart = z.object({ consent: agreement }).prefault({});

const consent = z.object({
  version: consentVersion,
  text: z.string().optional().meta({ description: 'Of one person: in their language.' }),
  at: time,
  by: z.string(),
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
    language,
    consent: consent.nullable(),
    createdAt: time,
    enrolledAt: time.nullable(),
    codeIssuedAt: time.nullable().meta({ description: 'When the valid code was issued.' }),
    duressIssuedAt: time
      .nullable()
      .meta({ description: 'When the duress code was issued, whether it was used since or not.' }),
    code: z.object({
      state: codeState,
      issuedAt: time.nullable(),
      usedAt: time.nullable().meta({
        description: 'When a code of theirs last opened a door; the valid one is the next one.',
      }),
    }),
    locks: z.array(z.object({ door: doorId, until: time })),
    version: z.int().min(1).meta({ description: 'Also the ETag; a change must name it.' }),
  })
  .meta({ id: 'Person' });
export type PersonAnswer = z.infer<typeof person>;

/** Somebody who has just been enrolled. */
export const enrolledPerson = person
  .extend({
    alike: z.array(z.object({ id: personId, similarity: z.number() })).meta({
      description:
        'Other people whom the face resembles, from a similarity of 0.5 on, the most alike first. A door names neither of such a pair unless one is clearly ahead; the code decides.',
    }),
  })
  .meta({ id: 'EnrolledPerson' });

export const people = page(person, 'people').extend({
  total: z.int().min(0),
  totalIsMore: z.boolean().meta({
    description: 'There are more than `total`: those found by `q` or `group` are counted to 1000.',
  }),
});

export const personParams = z.object({ id: personId });
export const lockParams = z.object({ id: personId, door: doorId });
const whichPeople = z.object({
  state: personState.optional().meta({ description: 'Without it: all but drafts.' }),
  group: group.optional().meta({ description: 'Only who is in this group.' }),
});

export const peopleQuery = pageQuery.extend(whichPeople.shape).extend({
  q: z
    .string()
    .max(100)
    .optional()
    .meta({
      description:
        'Words, each of which begins a word of the id, the name or the address, whatever its case and accents.',
      examples: ['asha ra'],
    }),
  sort: z
    .enum(['id', 'name', '-enrolledAt'])
    .default('id')
    .meta({ description: 'By id, by name, or those first who were enrolled last.' }),
});
export const exportQuery = whichPeople;

/** The body of POST /people/import. */
export const importWish = z.object({
  csv: z
    .string()
    .max(IMPORT_MAX_BYTES)
    .meta({
      description:
        'CSV whose first line names the columns `id`, `name`, `email` and, if you like, `guard` (yes, no), `groups` (parted by `;`) and `language`. At most 10,000 people.',
      examples: ['id,name,email\ns1024,Asha Rao,asha@example.org'],
    }),
  commit: z.boolean().default(false).meta({ description: 'false: only say what is wrong.' }),
  skipFaulty: z
    .boolean()
    .default(false)
    .meta({ description: 'List the others where some are at fault; else nobody is listed then.' }),
});

export const imported = z
  .object({
    rows: z.array(
      z.object({
        line: z.int().min(1).meta({ description: 'Where the row begins in the file.' }),
        id: z.string(),
        name: z.string(),
        email: z.string(),
        faults: z.array(
          z.object({
            field: z.string().meta({ description: 'The column, or `row`.' }),
            code: z.string(),
            message: z.string(),
          }),
        ),
      }),
    ),
    good: z.int().min(0),
    faulty: z.int().min(0),
    created: z.int().min(0).meta({ description: 'How many are listed now.' }),
  })
  .meta({ id: 'Import' });

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
  .object({
    ...erasureReceipt.shape,
    at: time,
    erased: erasureReceipt.shape.erased.meta({ description: 'What went.' }),
    digest: erasureReceipt.shape.digest.meta({
      description: 'SHA-256 over the record as it was stored, in hexadecimal.',
    }),
    signature: erasureReceipt.shape.signature.meta({
      description:
        "By the registry's Ed25519 key; `latchkey receipt verify` checks it with the public one.",
    }),
  })
  .meta({ id: 'DeletionReceipt' });
export const receipts = z.object({ receipts: z.array(receipt) });

/** What must be typed before everybody is forgotten. */
const DELETE_ALL = 'delete all people';
export const deleteAllConfirmation = z.object({
  confirm: z.literal(DELETE_ALL, `must be "${DELETE_ALL}", word for word`),
});
