import type { FacesObserved } from '@latchkey/contracts';
import fc from 'fast-check';
import { limits } from './limits.js';
import {
  type Act,
  asksAbout,
  hears,
  holds,
  replica,
  sees,
  shown,
  stands,
  tag,
} from './saga.acts.js';
import { face, faces, faintly, rules } from './saga.fixtures.js';
import { actHere, feedHere } from './saga.presence-stories.js';
import { comeAgain, shakeHere } from './saga.showing-stories.js';
import { type Manner, World } from './saga.world.js';

const looks = fc.constantFrom<FacesObserved['faces']>(
  [face(['ada'])],
  [face(['ada'])],
  [face(['bob'])],
  [face(['ada', 'bob'])],
  [face([])],
  [face(['ada'], { liveness: 0.1 })],
  [faintly(['ada'])],
  [face(['ada'], { liveness: null })],
  [face(['ada'], { usable: false })],
  [face(['ada']), face(['bob'])],
  [],
);
const facts = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ door: 'south' }) },
  { weight: 1, arbitrary: fc.constant({ camera: 'side' }) },
  { weight: 1, arbitrary: fc.constant({ line: 'another-line' }) },
);
/** How far ahead a camera's clock is. */
const ahead = fc.oneof(
  { weight: 9, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat({ max: 8_000 }) },
);

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
  { weight: 1, arbitrary: fc.constant(faintly(['ada'])) },
);
const standHere = fc.tuple(replica, someone).map(
  ([which, who]): Act =>
    (world) =>
      stands(world, which, who),
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
const holdHere = fc.tuple(replica, tag, looks, fc.boolean(), fc.nat({ max: 400 }), ahead).map(
  ([which, text, list, isFaceFirst, ms, aheadMs]): Act =>
    (world) => {
      world.now += ms;
      holds(world, which, text, list, { isFaceFirst, aheadMs });
    },
);

/** Someone stays for longer than a code is waited for, and shows it then. */
const stayHere = fc.tuple(replica, tag, fc.nat({ max: 25 })).map(
  ([which, text, times]): Act =>
    (world) => {
      stands(world, which, face(['ada']), times, 1_500);
      holds(world, which, text, [face(['ada'])], { isFaceFirst: true, aheadMs: 0 });
    },
);

/** A code that hides the face, some time after the face was seen last. */
const hideHere = fc.tuple(replica, tag, fc.integer({ min: 2_000, max: 4_000 })).map(
  ([which, text, ms]): Act =>
    (world) => {
      stands(world, which, face(['ada']));
      for (const one of [0, 1]) world.hear(one);
      world.now += ms;
      holds(world, which, text, [], { isFaceFirst: true, aheadMs: 0 });
    },
);

/** A code that is refused is held up on. */
const holdOn = fc.tuple(replica, tag, fc.nat({ max: 1_300 })).map(
  ([which, text, ms]): Act =>
    (world) => {
      asksAbout(world, which, text);
      world.now += ms;
      world.hear(which);
      while (world.carry(which, 'well'));
      asksAbout(world, which, text);
    },
);

/** A replica is frozen with the answer about a code in hand, until the door has come to ask about the next one. */
const freeze = fc.tuple(replica, tag, tag).map(
  ([which, first, text]): Act =>
    (world) => {
      asksAbout(world, which, first);
      // By now it may take over what another owes.
      world.now += limits.takeOverMs;
      world.hear(which);
      if (!world.freezeWithAnswer(which)) return;
      for (const ms of [2_000, 3_000]) {
        world.now += ms;
        world.tell(which + 1, { on: 'due' });
      }
      asksAbout(world, which, text);
      world.thaw(which);
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
  'confused',
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
const policy = fc.constantFrom(null, rules, rules, rules, { ...rules, outOfService: true }).map(
  (to): Act =>
    (world) =>
      world.setRules(to),
);
const hearPolicy = replica.map(
  (which): Act =>
    (world) =>
      void world.hearPolicy(which),
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
  { weight: 3, arbitrary: hearPolicy },
  { weight: 1, arbitrary: stayHere },
  { weight: 1, arbitrary: freeze },
  { weight: 1, arbitrary: hideHere },
  { weight: 1, arbitrary: holdOn },
  { weight: 2, arbitrary: shakeHere },
  { weight: 1, arbitrary: comeAgain },
  { weight: 2, arbitrary: actHere },
  { weight: 2, arbitrary: feedHere },
);
/** What happens at a door with two replicas; in one story of ten the entry goes through JSON, as it does through the broker. */
export const story = fc.record({
  acts: fc.array(act, { minLength: 5, maxLength: 40, size: 'max' }),
  isStoredAsJson: fc.nat({ max: 9 }).map((digit) => digit === 0),
  wrongBefore: fc.nat({ max: 4 }),
});

interface Story {
  readonly acts: readonly Act[];
  readonly isStoredAsJson: boolean;
  readonly wrongBefore: number;
}

/** Tells the story, then lets all that is owed and due happen. */
export function play({ acts, isStoredAsJson, wrongBefore }: Story): World {
  const world = new World(2, isStoredAsJson, wrongBefore);
  for (const one of acts) one(world);
  world.drain();
  return world;
}
