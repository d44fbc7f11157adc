import { z } from 'zod';
import { denialReason } from './access.events.js';
import { defineEvent } from './define.js';
import { abandonReason, codeReason } from './registry.events.js';
import { doorId, epochMs, objectKey, personId, sealed } from './words.js';

const at = 1_790_000_000_000;

/** What the registry seals for notify beside a code to be mailed. */
export const sealedCode = z.object({ text: z.string().max(64), person: personId });
/** What the registry seals for notify of a registration that came to nothing: its only trace. */
export const sealedApplicant = z.object({
  name: z.string(),
  email: z.string(),
  detail: z.string(),
});

/** A code's mail; the registry's outbox writes it in the same write that makes the code valid. */
export const codeNotice = defineEvent({
  template: 'lk.v1.notice.code',
  stream: 'NOTICES',
  summary: 'Mail a person their code, sealed for notify.',
  data: z.object({
    person: personId,
    reason: codeReason,
    door: doorId.nullable(),
    sealed,
    at: epochMs,
  }),
  example: {
    person: 's1024',
    reason: 'granted',
    door: 'library-north',
    sealed: 'WERWU0VBTEVE',
    at,
  },
  invalid: [
    {
      why: 'a code never travels in clear',
      data: {
        person: 's1024',
        reason: 'granted',
        door: null,
        text: 'LK1.AAAAAAAAAAAAAAAAAAAAAA',
        at,
      },
    },
  ],
});

/** A registration that came to nothing: notify tells the person and makes a job for each other recipient. */
export const applicantNotice = defineEvent({
  template: 'lk.v1.notice.applicant',
  stream: 'NOTICES',
  summary:
    'Tell the applicant and the others that a registration failed; name and address sealed for notify.',
  data: z.object({ person: personId, reason: abandonReason, sealed, at: epochMs }),
  example: { person: 's1024', reason: 'quit', sealed: 'WERWU0VBTEVE', at },
  invalid: [
    {
      why: 'an address never travels in clear',
      data: { person: 's1024', reason: 'quit', email: 'a@b.example', at },
    },
  ],
});

/** What a mail to one recipient is about. */
export const mailOccasion = z.enum([
  'person-registered',
  'registration-failed',
  'person-entered',
  'unknown-visitor',
  'wrong-code-as-you',
  'guard-alarm',
  'silent-alarm',
]);
export type MailOccasion = z.infer<typeof mailOccasion>;

/** One mail to one recipient; its event id is `<cause's event id>:<recipient>`. */
export const mailNotice = defineEvent({
  template: 'lk.v1.notice.mail',
  stream: 'NOTICES',
  summary:
    'Send one mail to one recipient, who is named by id; the address is asked of the registry.',
  data: z.object({
    occasion: mailOccasion,
    recipient: personId,
    about: personId.nullable(),
    door: doorId.nullable(),
    reason: denialReason.nullable(),
    evidence: objectKey.nullable(),
    count: z.int().min(1).meta({ description: 'How many events this one mail tells of.' }),
    sealed: sealed
      .nullable()
      .meta({ description: 'What only notify may read, such as the name of an applicant.' }),
    at: epochMs,
  }),
  example: {
    occasion: 'person-entered',
    recipient: 's2048',
    about: 's1024',
    door: 'library-north',
    reason: null,
    evidence: null,
    count: 1,
    sealed: null,
    at,
  },
  invalid: [
    { why: 'to whom?', data: { occasion: 'person-entered', about: 's1024', count: 1, at } },
  ],
});

/** What is wrong with a message that could not be handled; its payload and headers stay as they came. */
export const deadHeaders = {
  /** The message's id, which is its event's: what a mail's job is known by. */
  id: 'Lk-Dead-Id',
  reason: 'Lk-Dead-Reason',
  code: 'Lk-Dead-Code',
  subject: 'Lk-Dead-Subject',
  sequence: 'Lk-Dead-Sequence',
  deliveries: 'Lk-Dead-Deliveries',
} as const;

/** What stands in each header of a dead letter. */
export const deadHeaderNotes: Readonly<Record<keyof typeof deadHeaders, string>> = {
  id: 'The id of the message, where it had one.',
  reason: 'Why it could not be handled, in words.',
  code: 'Why, as an error code.',
  subject: 'The subject on which it came.',
  sequence: 'Its number in the stream from which it came; not the one by which it is replayed.',
  deliveries: 'How often it was delivered.',
};

/** The subject of dead letters: the message as it came, with the reason in headers. */
export const deadSubject = {
  template: 'lk.v1.dead.{stream}.{consumer}',
  stream: 'DEAD',
  summary: 'A message that a consumer could not handle, as it came, with the reason in headers.',
} as const;
