import { z } from 'zod';
import { auditCheckpoint } from './audit-chain.pure.js';
import { defineEvent } from './define.js';
import { username } from './operator.values.js';
import { attemptId, doorId, epochMs, personId } from './words.js';

const person = z.object({ person: personId, at: epochMs });
const door = z.object({ door: doorId, at: epochMs });
const personExample = { person: 's1024', at: 1_790_000_000_000 };
const doorExample = { door: 'library-north', at: 1_790_000_000_000 };
const noPerson = { why: 'which person?', data: { at: 1_790_000_000_000 } };
const named = {
  why: 'an id has no spaces: events name people by id only',
  data: { ...personExample, person: 'Asha Rao' },
};

export const personEnrolled = defineEvent({
  template: 'lk.v1.registry.person.enrolled',
  stream: 'REGISTRY',
  summary: 'A registration is complete: five samples and a first code.',
  data: person,
  example: personExample,
  invalid: [noPerson, named],
});

/** Why a registration came to nothing. */
export const abandonReason = z.enum(['quit', 'expired', 'samples']);

export const personAbandoned = defineEvent({
  template: 'lk.v1.registry.person.abandoned',
  stream: 'REGISTRY',
  summary: 'A registration was quit or failed; nothing is stored.',
  data: person.extend({ reason: abandonReason }),
  example: { ...personExample, reason: 'quit' },
  invalid: [noPerson],
});

export const personDeleted = defineEvent({
  template: 'lk.v1.registry.person.deleted',
  stream: 'REGISTRY',
  summary: 'A person is forgotten: the key, the records, the gallery entry and the photographs.',
  data: person.extend({ receipt: z.string().max(100) }),
  example: { ...personExample, receipt: 'R-0198f6a2' },
  invalid: [noPerson],
});

export const personSuspended = defineEvent({
  template: 'lk.v1.registry.person.suspended',
  stream: 'REGISTRY',
  summary: 'A person may not enter until resumed.',
  data: person,
  example: personExample,
  invalid: [noPerson],
});

export const personResumed = defineEvent({
  template: 'lk.v1.registry.person.resumed',
  stream: 'REGISTRY',
  summary: 'A suspended person may enter again.',
  data: person,
  example: personExample,
  invalid: [noPerson],
});

/** What an operator may set of a person. */
export const personField = z.enum(['name', 'email', 'guard', 'groups', 'language']);

export const personChanged = defineEvent({
  template: 'lk.v1.registry.person.changed',
  stream: 'REGISTRY',
  summary:
    'What is kept of a person was changed: which fields, never their values. Who may know them asks the registry.',
  data: person.extend({ fields: z.array(personField).min(1) }),
  example: { ...personExample, fields: ['email'] },
  invalid: [
    noPerson,
    { why: 'what was changed?', data: { ...personExample, fields: [] } },
    {
      why: 'values have no place in an event',
      data: { ...personExample, fields: { email: 'asha@example.org' } },
    },
  ],
});

/** Why a code was issued. */
export const codeReason = z.enum(['registered', 'granted', 'reissued', 'requested', 'duress']);
export type CodeReason = z.infer<typeof codeReason>;

export const codeIssued = defineEvent({
  template: 'lk.v1.registry.code.issued',
  stream: 'REGISTRY',
  summary: 'A new code is the valid one; it goes out by mail.',
  data: person.extend({ reason: codeReason }),
  example: { ...personExample, reason: 'granted' },
  invalid: [noPerson],
});

export const codeUsed = defineEvent({
  template: 'lk.v1.registry.code.used',
  stream: 'REGISTRY',
  summary: 'A code was used up at a door.',
  data: person.extend({ door: doorId, attempt: attemptId }),
  example: {
    ...personExample,
    door: 'library-north',
    attempt: '0198f6a2-7d10-7b2e-8c44-5a1f9e2d3c21',
  },
  invalid: [noPerson],
});

export const codeLocked = defineEvent({
  template: 'lk.v1.registry.code.locked',
  stream: 'REGISTRY',
  summary: 'After five wrong showings a person is locked at a door.',
  data: person.extend({ door: doorId, until: epochMs }),
  example: { ...personExample, door: 'library-north', until: 1_790_000_300_000 },
  invalid: [noPerson],
});

export const codeUnlocked = defineEvent({
  template: 'lk.v1.registry.code.unlocked',
  stream: 'REGISTRY',
  summary: 'An operator lifted a lock.',
  data: person.extend({ door: doorId }),
  example: { ...personExample, door: 'library-north' },
  invalid: [noPerson],
});

export const doorCreated = defineEvent({
  template: 'lk.v1.registry.door.created',
  stream: 'REGISTRY',
  summary: 'A door was added.',
  data: door,
  example: doorExample,
  invalid: [{ why: 'which door?', data: { at: 1 } }],
});

/** What of a door was changed. */
export const doorChange = z.enum(['settings', 'kiosk-token', 'kiosk-paired', 'kiosk-unpaired']);
export type DoorChange = z.infer<typeof doorChange>;

export const doorChanged = defineEvent({
  template: 'lk.v1.registry.door.changed',
  stream: 'REGISTRY',
  summary: "A door's settings or its kiosk's token changed.",
  data: door.extend({
    what: doorChange.optional().meta({ description: 'Left out by versions before this field.' }),
  }),
  example: { ...doorExample, what: 'kiosk-paired' },
  invalid: [{ why: 'which door?', data: { at: 1 } }],
});

export const doorLockTested = defineEvent({
  template: 'lk.v1.registry.door.lock-tested',
  stream: 'REGISTRY',
  summary: 'An administrator ordered a test of a lock; nobody was let in.',
  data: door.extend({ operator: username.meta({ description: 'Who ordered it, by username.' }) }),
  example: { ...doorExample, operator: 'ines' },
  invalid: [
    { why: 'which door?', data: { at: 1, operator: 'ines' } },
    { why: 'somebody answers for it', data: doorExample },
  ],
});

export const doorRemoved = defineEvent({
  template: 'lk.v1.registry.door.removed',
  stream: 'REGISTRY',
  summary: 'A door was taken away.',
  data: door,
  example: doorExample,
  invalid: [{ why: 'which door?', data: { at: 1 } }],
});

export const auditSigned = defineEvent({
  template: 'lk.v1.registry.audit.signed',
  stream: 'REGISTRY',
  summary:
    'The registry has signed the audit up to an entry. Kept elsewhere it shows whether the audit was written anew since.',
  data: auditCheckpoint,
  example: {
    seq: 100,
    hash: '5f'.repeat(32),
    at: 1_790_000_000_000,
    signature: 'b'.repeat(86),
  },
  invalid: [{ why: 'which entry, and what was it?', data: { at: 1_790_000_000_000 } }],
});
