import type { CodesObserved } from '@latchkey/contracts';
import fc from 'fast-check';
import { limits } from './limits.js';
import { type Act, asksAbout, holds, replica, sees, tag } from './saga.acts.js';
import { codes, face } from './saga.fixtures.js';
import type { World } from './saga.world.js';

/** It is looked for codes, and none is there; `camera`: a door may have two. */
function misses(world: World, which: number, camera: string): CodesObserved {
  const seen = codes(world.now, [], { camera });
  world.codes.push(seen);
  sees(world, which, seen);
  return seen;
}

/** Ada holds a code up, and replica and camera know it at once. */
function holdsOn(world: World, which: number, text: string | null): void {
  holds(world, which + 1, text, [face(['ada'])], { isFaceFirst: true, aheadMs: 0 });
  world.hear(which);
}

const camera = fc.constantFrom('main', 'main', 'main', 'side');
const gapMs = fc.constantFrom(200, 300, 500, 700, 1_000, 1_300);

/** What a look for a code finds: it, nothing, or nothing and it comes once more, late. */
const finds = fc.constantFrom('it', 'nothing', 'nothing', 'late');

/** A code that is asked about, then looked for now and then: seen, or not by a shaking hand, or taken away. */
export const shakeHere = fc
  .tuple(replica, tag, fc.array(fc.tuple(gapMs, finds, camera), { minLength: 1, maxLength: 6 }))
  .map(
    ([which, text, times]): Act =>
      (world) => {
        asksAbout(world, which, text);
        let missed = codes(world.now, []);
        for (const [ms, found, from] of times) {
          world.now += ms;
          world.hear(which);
          while (world.carry(which, 'well'));
          if (found === 'it') holdsOn(world, which, text);
          else if (found === 'late') sees(world, which, missed);
          else missed = misses(world, which, from);
        }
        asksAbout(world, which, text);
      },
  );

/** After one attempt the next begins, with the same code; the camera looks for codes in between, or does not. */
export const comeAgain = fc
  .tuple(replica, tag, fc.array(fc.tuple(gapMs, camera), { maxLength: 3 }))
  .map(
    ([which, text, times]): Act =>
      (world) => {
        asksAbout(world, which, text);
        for (const one of [which, which + 1]) {
          world.hear(one);
          while (world.carry(one, 'well'));
        }
        world.tell(which, { on: 'cancel' });
        world.now += limits.settledMs;
        world.tell(which, { on: 'due' });
        for (const [ms, from] of times) {
          world.now += ms;
          misses(world, which, from);
        }
        asksAbout(world, which, text);
      },
  );
