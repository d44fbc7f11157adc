import { randomUUID } from 'node:crypto';
import type { CodesObserved, FacesObserved, ObservedFace } from '@latchkey/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from './limits.js';
import { codes, face, faces, rules } from './saga.fixtures.js';
import type { EffectOf } from './saga.types.js';
import { type Manner, World } from './saga.world.js';

const RUNS = Number(process.env['LK_PROPERTY_RUNS'] ?? 10_000);

/** Identifying, the wait for a code, its check, the settling, and what is taken over in between. */
const LONGEST_ATTEMPT_MS = 70_000;

type Act = (world: World) => void;
type Told = EffectOf<'publish'>;

const replica = fc.nat({ max: 2 });
const tag = fc.constantFrom('ada-1', 'ada-2', 'bob-1', 'nobody-1', null);
const looks = fc.constantFrom<FacesObserved['faces']>(
  [face(['ada'])],
  [face(['ada'])],
  [face(['bob'])],
  [face(['ada', 'bob'])],
  [face([])],
  [face(['ada'], { liveness: 0.1 })],
  [face(['ada'], { liveness: null })],
  [face(['ada'], { usable: false })],
  [face(['ada']), face(['bob'])],
  [],
);
const facts = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ door: 'south' }) },
  { weight: 1, arbitrary: fc.constant({ camera: 'side' }) },
);

function hears(world: World, which: number, seen: FacesObserved): void {
  world.tell(which, { on: 'faces', seen, freshAttempt: randomUUID() });
}

function sees(world: World, which: number, seen: CodesObserved): void {
  world.tell(which, { on: 'codes', seen });
}

/** A code as the registry would find it: its text is what was sealed. */
function shown(at: number, text: string | null, more: Partial<CodesObserved> = {}): CodesObserved {
  const seen = codes(at, [text], more);
  const sealedIn = seen.codes.map((code) =>
    code.kind === 'latchkey' ? { ...code, sealed: text ?? '' } : code,
  );
  return { ...seen, codes: sealedIn };
}

const lookHere = fc.tuple(replica, looks, facts, fc.nat({ max: 400 })).map(
  ([which, list, more, ms]): Act =>
    (world) => {
      world.now += ms;
      const seen = faces(world.now, list, more);
      world.faces.push(seen);
      hears(world, which, seen);
    },
);

/** Someone stands there for a while, so that runs get past the identification. */
const someone = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(face(['ada']), face(['bob']), face(['ada', 'bob'])) },
  { weight: 1, arbitrary: fc.constant(face(['ada'], { liveness: 0.1 })) },
  { weight: 1, arbitrary: fc.constant(face(['ada'], { usable: false })) },
);
const standHere = fc.tuple(replica, someone).map(
  ([which, who]): Act =>
    (world) => {
      for (let at = 0; at < 3; at++) {
        world.now += 200;
        const seen = faces(world.now, [who]);
        world.faces.push(seen);
        hears(world, which + at, seen);
      }
    },
);

const showHere = fc.tuple(replica, tag, facts, fc.nat({ max: 900 })).map(
  ([which, text, more, lateMs]): Act =>
    (world) => {
      const seen = shown(world.now, text, more);
      world.codes.push(seen);
      world.now += lateMs;
      sees(world, which, seen);
    },
);

/** A frame that shows a code and a face: what qr and face tell of it comes in either order, and to either replica. */
const holdHere = fc.tuple(replica, tag, looks, fc.boolean(), fc.nat({ max: 400 })).map(
  ([which, text, list, isFaceFirst, ms]): Act =>
    (world) => {
      world.now += ms;
      const code = shown(world.now, text);
      const seen = faces(world.now, list, { frame: code.frame });
      world.codes.push(code);
      world.faces.push(seen);
      if (isFaceFirst) hears(world, which, seen);
      sees(world, which + 1, code);
      if (!isFaceFirst) hears(world, which, seen);
    },
);

/** Late, doubled, in any order: whatever was seen comes again. */
const again = fc.tuple(replica, fc.nat(), fc.boolean()).map(
  ([which, pick, isFace]): Act =>
    (world) => {
      const face = world.faces[pick % (world.faces.length || 1)];
      const code = world.codes[pick % (world.codes.length || 1)];
      if (isFace && face) hears(world, which, face);
      if (!isFace && code) sees(world, which, code);
    },
);

/** Captured, but it comes later if at all. */
const unheard = fc.tuple(looks, tag).map(
  ([list, text]): Act =>
    (world) => {
      world.faces.push(faces(world.now, list));
      world.codes.push(shown(world.now, text));
    },
);

const hear = replica.map(
  (which): Act =>
    (world) =>
      world.hear(which),
);
const crash = replica.map(
  (which): Act =>
    (world) =>
      world.crash(which),
);
const passes = fc.oneof(fc.nat({ max: 600 }), fc.nat({ max: 6_000 })).map(
  (ms): Act =>
    (world) => {
      world.now += ms;
    },
);
const due = replica.map(
  (which): Act =>
    (world) =>
      world.tell(which, { on: 'due' }),
);
const how = fc.constantFrom<Manner>(
  'well',
  'well',
  'well',
  'slow',
  'dies',
  'no-answer',
  'photograph-lost',
);
const carry = fc.tuple(replica, how, fc.nat({ max: 5 })).map(
  ([which, manner, times]): Act =>
    (world) => {
      for (let at = 0; at <= times; at++) world.carry(which, manner);
    },
);
const wish = fc.tuple(replica, fc.constantFrom('cancel', 'new-code')).map(
  ([which, on]): Act =>
    (world) =>
      world.tell(which, { on: on as 'cancel' }),
);
const policy = fc
  .tuple(replica, fc.constantFrom(null, rules, rules, rules, { ...rules, outOfService: true }))
  .map(
    ([which, to]): Act =>
      (world) =>
        world.setRules(which, to),
  );

const act = fc.oneof(
  { weight: 6, arbitrary: lookHere },
  { weight: 5, arbitrary: standHere },
  { weight: 4, arbitrary: showHere },
  { weight: 5, arbitrary: holdHere },
  { weight: 4, arbitrary: again },
  { weight: 2, arbitrary: unheard },
  { weight: 4, arbitrary: hear },
  { weight: 12, arbitrary: carry },
  { weight: 3, arbitrary: passes },
  { weight: 3, arbitrary: due },
  { weight: 2, arbitrary: crash },
  { weight: 1, arbitrary: wish },
  { weight: 1, arbitrary: policy },
);
const story = fc.array(act, { minLength: 5, maxLength: 40, size: 'max' });

function play(acts: readonly Act[]): World {
  const world = new World(2);
  for (const one of acts) one(world);
  const drainedFrom = world.now;
  world.drain();
  expect(world.now - drainedFrom).toBeLessThan(LONGEST_ATTEMPT_MS);
  return world;
}

/** Whether what a grant says is what the camera saw and the registry did, within the deadlines. */
function isJustified(world: World, grant: Told): boolean {
  const { person, expiresAt } = grant.data;
  const codeAt = Number(expiresAt) - limits.codeAgeMs;
  const used = [...world.registry.usedBy].find(([, use]) => use.attempt === grant.attempt);
  const wasShown = world.codes.some(
    (seen) =>
      seen.capturedAt === codeAt &&
      seen.door === 'north' &&
      seen.camera === 'main' &&
      seen.codes.some((code) => code.kind === 'latchkey' && code.sealed === used?.[0]),
  );
  const isInTime = grant.at - codeAt < limits.codeAgeMs;
  const isOwner = world.registry.owners.get(used?.[0] ?? '') === person;
  return wasShown && isInTime && isOwner && stoodThere(world, String(person), codeAt);
}

/**
 * Whether the person stood there with the code: the camera had told of that frame or a later one, and the newest
 * usable look at or before it, at most 3 s old, and every one since showed the person, live.
 */
function stoodThere(world: World, person: string, codeAt: number): boolean {
  const frame = world.codes.find(
    (seen) => seen.capturedAt === codeAt && world.knownAt.has(seen.frame),
  );
  const known = world.knownAt.get(frame?.frame ?? '') ?? [];
  const looks = known
    .filter(
      ({ faces: [nearest, ...others] }) =>
        nearest?.usable && nearest.liveness !== null && others.length === 0,
    )
    .toSorted((one, other) => one.capturedAt - other.capturedAt);
  const newestAt = looks.findLast((seen) => seen.capturedAt <= codeAt)?.capturedAt ?? 0;
  const since = looks.filter((seen) => seen.capturedAt >= newestAt).map((seen) => seen.faces[0]);
  const isThePerson = (nearest: ObservedFace | undefined) =>
    (nearest?.liveness ?? 0) >= rules.livenessThreshold &&
    nearest?.candidates.some((one) => one.person === person);
  const wasSeenSince = known.some((seen) => seen.capturedAt >= codeAt);
  return wasSeenSince && newestAt >= codeAt - limits.faceAgeMs && since.every(isThePerson);
}

const isGrant = (one: Told) => one.type.endsWith('.granted');

describe('whatever comes, in whatever order, with two replicas in conflict and crashes between any two effects', () => {
  const seen = new Map<string, number>();

  it(`no grant without a live face and the right code of the same person within the deadlines; one outcome an attempt; no attempt without an end (${RUNS} runs)`, () => {
    fc.assert(
      fc.property(story, (acts) => {
        const world = play(acts);
        for (const grant of world.published.filter(isGrant)) {
          expect(isJustified(world, grant)).toBe(true);
        }
        for (const [attempt, told] of world.attempts()) {
          const outcomes = told.filter(World.isOutcome);
          const kinds = new Set(outcomes.map((one) => `${one.id} ${one.type}`));
          expect([...kinds]).toHaveLength(1);
          expect(outcomes[0]?.id).toBe(`${attempt}:outcome`);
        }
        const opened = world.stored.filter(isGrant);
        expect(world.registry.usedBy.size).toBeGreaterThanOrEqual(opened.length);
        expect(['idle', 'out-of-service']).toContain(world.entry?.door.state.kind);
        expect(world.entry?.owed).toEqual([]);
        for (const { type } of world.stored) seen.set(type, (seen.get(type) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('and the runs got far enough to mean something', () => {
    const count = (type: string) => seen.get(`lk.v1.${type}`) ?? 0;
    const least = RUNS / 100;
    for (const type of ['granted', 'denied', 'expired', 'abandoned', 'code-refused']) {
      expect(count(`access.${type}`)).toBeGreaterThan(least);
    }
    expect(count('alarm.mismatch')).toBeGreaterThan(least);
  });
});
