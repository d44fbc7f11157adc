import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimFace, dropClaim, outdo, type Rival } from './claim.pure.js';
import { member, NOW, operation } from './people.fixture.js';

const draft = member('ada', {
  state: 'draft',
  createdAt: NOW,
  enrolledAt: 0,
  samples: ['1', '2', '3', '4', '5'],
  template: null,
  code: null,
});
const rival = (person: string, at: number, score = 0.9): Rival => ({
  person,
  score,
  claim: { by: `op-of-${person}`, at },
});

describe('a claim of a face', () => {
  it('is noted in the draft, with the template that others compare', () => {
    const op = operation();
    expect(claimFace(draft, 'box', op)).toMatchObject({
      ok: true,
      next: { state: 'draft', template: 'box', claim: { by: op.id, at: NOW } },
    });
    expect(claimFace({ ...draft, samples: ['1'] }, 'box', op)).toMatchObject({
      code: 'LK-PER-008',
    });
  });

  it('is taken away only by whoever names its command', () => {
    const op = operation();
    const claimed = { ...draft, template: 'box', claim: { by: op.id, at: NOW } };
    expect(dropClaim(claimed, op.id)).toMatchObject({ next: { template: null, claim: null } });
    expect(dropClaim(claimed, 'another')).toMatchObject({ next: claimed });
    const enrolled = member('ada');
    expect(dropClaim(enrolled, op.id)).toMatchObject({ next: enrolled });
  });

  it('goes before later ones of the same face, and takes them away', () => {
    const own = { id: 'ada', claim: { by: 'op', at: NOW } };
    const later = rival('bob', NOW + 1);
    expect(outdo(own, [later, rival('eve', NOW - 1, 0.5)], NOW)).toEqual({ outdone: [later] });
  });

  it('gives way to an earlier one of the same face, and names whose', () => {
    const own = { id: 'eve', claim: { by: 'op', at: NOW } };
    for (const first of [rival('bob', NOW - 1), rival('bob', NOW)]) {
      const verdict = outdo(own, [first], NOW);
      expect(verdict).toMatchObject({ refusal: { code: 'LK-PER-011' } });
      expect(JSON.stringify(verdict)).toContain('bob');
    }
  });

  it('does not wait for one who claimed and did not go on', () => {
    const own = { id: 'eve', claim: { by: 'op', at: NOW } };
    const stale = rival('bob', NOW - 11_000);
    expect(outdo(own, [stale], NOW)).toEqual({ outdone: [stale] });
  });

  it('of two fresh ones lets exactly one go on, whenever they were made', () => {
    const at = fc.integer({ min: NOW - 9_000, max: NOW });
    fc.assert(
      fc.property(at, at, (one, two) => {
        const ada = outdo({ id: 'ada', claim: { by: 'a', at: one } }, [rival('bob', two)], NOW);
        const bob = outdo({ id: 'bob', claim: { by: 'b', at: two } }, [rival('ada', one)], NOW);
        expect([ada, bob].filter((verdict) => 'refusal' in verdict)).toHaveLength(1);
      }),
    );
  });
});
