import { z } from 'zod';
import { defineEvent } from './define.js';
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

/** Why a code was issued. */
export const codeReason = z.enum(['registered', 'granted', 'reissued', 'requested']);
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

export const doorChanged = defineEvent({
  template: 'lk.v1.registry.door.changed',
  stream: 'REGISTRY',
  summary: "A door's settings or its kiosk's token changed.",
  data: door,
  example: doorExample,
  invalid: [{ why: 'which door?', data: { at: 1 } }],
});

export const doorRemoved = defineEvent({
  template: 'lk.v1.registry.door.removed',
  stream: 'REGISTRY',
  summary: 'A door was taken away.',
  data: door,
  example: doorExample,
  invalid: [{ why: 'which door?', data: { at: 1 } }],
});
