import {
  applicantNotice,
  codeIssued,
  codeNotice,
  personAbandoned,
  personEnrolled,
} from '@latchkey/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimFace } from './claim.pure.js';
import type { Operation } from './outbox.pure.js';
import { member, NOW, operation, owedTypes } from './people.fixture.js';
import type { LivingPerson, PersonRecord } from './person.pure.js';
import type { Decision } from './refusal.pure.js';
import {
  abandonDraft,
  addSample,
  commitDraft,
  createDraft,
  DRAFT_MAX_AGE_MS,
  ENROLLED_ALREADY_COSINE,
} from './registration.pure.js';

const applicant = {
  id: 'ada',
  name: 'Ada',
  email: 'a@x.example',
  guard: false,
  groups: [],
  language: 'en' as const,
  consent: { version: '2026-11' as const, at: 1, by: 'op' },
  key: 'k',
};
const fresh = { digest: 'first', sealed: 'SEALED' };
const east = [1, 0];
const north = [0, 1];

function accepted<D, R>(decision: Decision<D, R>): D {
  if (!decision.ok) throw new Error(decision.message);
  return decision.next;
}

function draftOf(samples: number): LivingPerson {
  const draft = accepted(createDraft(null, applicant, operation()));
  return { ...draft, samples: Array.from({ length: samples }, (_, n) => `s${n}`), outbox: [] };
}

function sampleOf(
  person: PersonRecord | null,
  vector: number[],
  earlier: number[][] = [],
  alike: { person: string; score: number }[] = [],
) {
  return addSample(person, { vector, stored: 'encrypted' }, earlier, alike, operation());
}

const commit = (person: PersonRecord | null, op: Operation): Decision<LivingPerson> => {
  const claimed = claimFace(person, 't', op);
  return claimed.ok
    ? { ...claimed, next: commitDraft(claimed.next, fresh, null, [], op) }
    : claimed;
};

it('stores no template of anybody who did not agree to it', () => {
  const silent = accepted(createDraft(null, { ...applicant, consent: null }, operation()));
  const sample = { vector: east, stored: 'encrypted' };
  expect(addSample(silent, sample, [], [], operation())).toMatchObject({ code: 'LK-PER-014' });
});

describe('a registration', () => {
  it('refuses an id that is taken, and takes over from a tombstone what it owes', () => {
    expect(createDraft(member('ada'), applicant, operation())).toMatchObject({
      code: 'LK-PER-002',
    });
    const owed = accepted(abandonDraft(draftOf(1), 'quit', 'S', operation()));
    const again = accepted(createDraft(owed, applicant, operation(NOW + 1)));
    expect(owedTypes(again)).toEqual([applicantNotice.type, personAbandoned.type]);
  });

  it('takes five samples and refuses the sixth', () => {
    expect(sampleOf(draftOf(0), east)).toMatchObject({
      ok: true,
      reply: { samples: 1, agreement: 1 },
    });
    expect(sampleOf(draftOf(4), east, [east])).toMatchObject({ ok: true, reply: { samples: 5 } });
    expect(sampleOf(draftOf(5), east, [east])).toMatchObject({ code: 'LK-PER-009' });
  });

  it("holds each sample against the mean of those before: 0.40 is the same person's", () => {
    const at = (cosine: number) => [cosine, Math.sqrt(1 - cosine * cosine)];
    expect(sampleOf(draftOf(1), at(0.4), [east])).toMatchObject({ ok: true });
    expect(sampleOf(draftOf(1), at(0.399), [east])).toMatchObject({ code: 'LK-PER-010' });
    expect(sampleOf(draftOf(2), north, [at(0.9), at(0.9)])).toMatchObject({ ok: true });
  });

  it('points out who is enrolled under another id', () => {
    const alike = [{ person: 'bob', score: ENROLLED_ALREADY_COSINE }];
    const refused = sampleOf(draftOf(0), east, [], alike);
    expect(refused).toMatchObject({ code: 'LK-PER-011' });
    expect(refused.ok ? '' : refused.message).toContain('bob');
    expect(sampleOf(draftOf(0), east, [], [{ person: 'bob', score: 0.47 }]).ok).toBe(true);
    expect(sampleOf(draftOf(0), east, [], [{ person: 'ada', score: 0.9 }]).ok).toBe(true);
  });

  it('is complete with five samples: enrolled, first code owed, samples gone', () => {
    expect(claimFace(draftOf(4), 't', operation())).toMatchObject({ code: 'LK-PER-008' });
    const claimed = accepted(claimFace(draftOf(5), 't', operation()));
    const person = commitDraft(claimed, fresh, null, [], operation());
    expect(person).toMatchObject({
      state: 'enrolled',
      samples: [],
      template: 't',
      code: { digest: 'first' },
    });
    expect(owedTypes(person)).toEqual([personEnrolled.type, codeIssued.type, codeNotice.type]);
    expect(claimFace(person, 't', operation())).toMatchObject({ code: 'LK-PER-007' });
  });

  it('leaves nothing but what is owed when it is given up', () => {
    const tombstone = accepted(abandonDraft(draftOf(3), 'quit', 'SEALED', operation()));
    expect(Object.keys(tombstone).toSorted()).toEqual(['id', 'outbox', 'state']);
    expect(JSON.stringify(tombstone)).not.toMatch(/Ada|a@x/);
    expect(abandonDraft(member('ada'), 'quit', 'S', operation())).toMatchObject({
      code: 'LK-PER-007',
    });
    expect(abandonDraft(null, 'quit', 'S', operation())).toMatchObject({ code: 'LK-PER-006' });
  });

  it('is over after fifteen minutes', () => {
    const late = operation(NOW + DRAFT_MAX_AGE_MS + 1);
    expect(addSample(draftOf(0), { vector: east, stored: '' }, [], [], late)).toMatchObject({
      code: 'LK-PER-007',
    });
    expect(claimFace(draftOf(5), 't', late)).toMatchObject({ code: 'LK-PER-007' });
    expect(abandonDraft(draftOf(5), 'expired', 'S', late).ok).toBe(true);
  });

  it('in whatever order it is asked: enrolled only with five samples that are one person', () => {
    const steps = fc.array(fc.constantFrom('draft', 'same', 'other', 'commit', 'abandon'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (asked) => {
        let person: PersonRecord | null = null;
        let earlier: number[][] = [];
        for (const [index, step] of asked.entries()) {
          const op = operation(NOW + index);
          const vector = step === 'other' ? north : east;
          const decision: Decision<PersonRecord, unknown> =
            step === 'draft'
              ? createDraft(person, applicant, op)
              : step === 'commit'
                ? commit(person, op)
                : step === 'abandon'
                  ? abandonDraft(person, 'quit', 'S', op)
                  : addSample(person, { vector, stored: 's' }, earlier, [], op);
          if (!decision.ok) continue;
          person = decision.next;
          if (step === 'draft') earlier = [];
          if (step === 'same' || step === 'other') earlier = [...earlier, vector];
          expect(person.state !== 'enrolled' || earlier.length === 5).toBe(true);
          expect(new Set(earlier.map(String)).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
