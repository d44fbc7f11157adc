import type { ObservedFace } from '@latchkey/contracts';
import fc from 'fast-check';
import { type Act, hears, replica } from './saga.acts.js';
import { face, faces, rules } from './saga.fixtures.js';

/** A door asks for an act; then comes what comes, some of it a turn to the left, which some began before they were asked. */
const doubtful = { liveness: 0.6 };
const before = fc.constantFrom(0, 0, -30);
const after = fc.constantFrom<ObservedFace>(
  face(['ada'], { ...doubtful, yawDeg: -30 }),
  face(['ada'], { ...doubtful, yawDeg: -30 }),
  face(['ada'], { ...doubtful, yawDeg: 30 }),
  face(['ada'], { ...doubtful, yawDeg: 30 }),
  face(['ada'], doubtful),
  face([], { ...doubtful, yawDeg: -30 }),
  face(['bob'], { ...doubtful, yawDeg: -30 }),
);

export const actHere = fc
  .tuple(replica, before, fc.array(after, { minLength: 2, maxLength: 6 }))
  .map(
    ([which, yawDeg, list]): Act =>
      (world) => {
        world.setRules({ ...rules, liveness: 'challenge' });
        world.hearPolicy(which);
        const looks = [yawDeg, 0, 0].map((deg) => face(['ada'], { ...doubtful, yawDeg: deg }));
        for (const one of [...looks, ...list]) {
          world.now += 200;
          const seen = faces(world.now, [one]);
          world.faces.push(seen);
          hears(world, which, seen);
        }
        world.setRules(rules);
      },
  );

/** A thief feeds pictures in: a few of them, over and over, now and then of another size. */
export const feedHere = fc
  .tuple(
    replica,
    fc.array(fc.constantFrom('a', 'a', 'a', 'b', 'c'), { minLength: 3, maxLength: 8 }),
    fc.constantFrom(640, 640, 640, 320),
  )
  .map(
    ([which, letters, widthPx]): Act =>
      (world) => {
        for (const [at, letter] of letters.entries()) {
          world.now += 500;
          const picture = letter.padEnd(11, 'A');
          const facts = at === 2 ? { picture, widthPx } : { picture };
          const seen = faces(world.now, [face(['ada'])], facts);
          world.faces.push(seen);
          hears(world, which, seen);
        }
      },
  );
