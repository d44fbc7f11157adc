import { expect, it } from 'vitest';
import { claimFace } from './claim.pure.js';
import { beginEnrolment, listNewcomer } from './newcomer.pure.js';
import { NOW, operation } from './people.fixture.js';
import { describePerson, isMember, peopleCollection } from './person.pure.js';
import { updatePerson } from './person-details.pure.js';
import { reissueCode, suspendPerson } from './person-life.pure.js';
import { abandonDraft, addSample, DRAFT_MAX_AGE_MS } from './registration.pure.js';
import type { Decision } from './refusal.pure.js';

const details = {
  name: 'Ada',
  email: 'ada@x.example',
  guard: false,
  groups: ['staff'],
  language: 'hi' as const,
};
const applicant = { id: 'ada', ...details, consent: null, key: 'k' };
const consent = { version: '2026-11' as const, at: NOW, by: 'op' };
const fresh = { digest: 'd', sealed: 'S' };
const sample = { vector: [1], stored: 'box' };
const afterDays = operation(NOW + 100 * DRAFT_MAX_AGE_MS);

function done<D, R>(decision: Decision<D, R>): D {
  if (!decision.ok) throw new Error(decision.message);
  return decision.next;
}

const listed = () => done(listNewcomer(null, applicant, operation()));
const begun = () => done(beginEnrolment(listed(), consent, afterDays));

it('lists somebody who has no samples, no code, and opens nothing', () => {
  expect(describePerson(listed(), NOW)).toMatchObject({ state: 'listed', samples: 0, version: 1 });
  expect(isMember(listed())).toBe(false);
  expect(reissueCode(listed(), 'reissued', fresh, null, operation())).toMatchObject({
    code: 'LK-PER-007',
  });
  expect(suspendPerson(listed(), operation())).toMatchObject({ code: 'LK-PER-007' });
  expect(addSample(listed(), sample, [], [], operation())).toMatchObject({ code: 'LK-PER-007' });
  expect(claimFace(listed(), 'box', operation())).toMatchObject({ code: 'LK-PER-007' });
  expect(listNewcomer(listed(), applicant, operation())).toMatchObject({ code: 'LK-PER-002' });
});

it('begins the registration of who is listed, in the same record and with its own 15 minutes', () => {
  const draft = begun();
  expect(draft).toMatchObject({ state: 'draft', name: 'Ada', consent, createdAt: NOW });
  expect(addSample(draft, sample, [], [], afterDays)).toMatchObject({ ok: true });
  expect(peopleCollection.keysOf(draft)['startedAt']).toBe(afterDays.now);
  const late = operation(afterDays.now + DRAFT_MAX_AGE_MS + 1);
  expect(addSample(draft, sample, [], [], late)).toMatchObject({ code: 'LK-PER-007' });
  expect(beginEnrolment(draft, consent, afterDays)).toMatchObject({ code: 'LK-PER-007' });
  expect(beginEnrolment(null, consent, afterDays)).toMatchObject({ code: 'LK-PER-006' });
});

it('lists again who gave the registration up, without samples or consent', () => {
  const sampled = done(addSample(begun(), sample, [], [], afterDays));
  const { outbox: _, ...again } = done(abandonDraft(sampled, 'quit', 'S', afterDays));
  const { outbox: __, ...before } = listed();
  expect(again).toEqual({ ...before, wasListed: false, startedAt: NOW });
  expect(JSON.stringify(again)).not.toContain('box');
});

it('tells the second of two who change a person, and names no value in the audit or on the bus', () => {
  const person = listed();
  const change = { revision: 1, details: { ...details, email: 'new@x.example', guard: true } };
  const changed = done(updatePerson(person, change, operation()));
  expect(describePerson(changed, NOW)).toMatchObject({
    email: 'new@x.example',
    guard: true,
    version: 2,
  });
  expect(updatePerson(changed, change, operation())).toMatchObject({ code: 'LK-PER-012' });
  expect(changed.outbox.slice(-2)).toMatchObject([
    { kind: 'audit', action: 'person.changed', detail: 'email, guard' },
    { kind: 'event', data: { person: person.id, fields: ['email', 'guard'] } },
  ]);
  expect(JSON.stringify(changed.outbox)).not.toContain('new@x.example');
  const same = { revision: 2, details: { ...details, email: 'new@x.example', guard: true } };
  expect(done(updatePerson(changed, same, operation()))).toBe(changed);
});

it('keeps a change valid while the person walks through doors: only details count as changed', () => {
  const person = { ...listed(), state: 'enrolled' as const };
  const entered = done(reissueCode(person, 'reissued', fresh, null, operation()));
  expect(updatePerson(entered, { revision: 1, details }, operation())).toMatchObject({ ok: true });
});
