import { randomUUID } from 'node:crypto';
import type { CodesObserved, FacesObserved, ObservedFace } from '@latchkey/contracts';
import fc from 'fast-check';
import { codes, face, faces } from './saga.fixtures.js';
import type { World } from './saga.world.js';

/** Something that happens at the door. */
export type Act = (world: World) => void;
/** Which of the replicas it happens to. */
export const replica = fc.nat({ max: 2 });
/** A code's text; null: a code of another kind. */
export const tag = fc.constantFrom('ada-1', 'ada-2', 'bob-1', 'nobody-1', 'nobody-2', null);

export function hears(world: World, which: number, seen: FacesObserved): void {
  world.tell(which, {
    on: 'faces',
    seen,
    freshAttempt: randomUUID(),
    freshAct: 'turn-left',
  });
}

export function sees(world: World, which: number, seen: CodesObserved): void {
  world.tell(which, { on: 'codes', seen });
}

/** A code as the registry would find it: its text is what was sealed. */
export function shown(
  at: number,
  text: string | null,
  more: Partial<CodesObserved> = {},
): CodesObserved {
  const seen = codes(at, [text], more);
  const sealedIn = seen.codes.map((code) =>
    code.kind === 'latchkey' ? { ...code, sealed: text ?? '' } : code,
  );
  return { ...seen, codes: sealedIn };
}

export function stands(
  world: World,
  which: number,
  who: ObservedFace,
  times = 3,
  everyMs = 200,
): void {
  for (let at = 0; at < times; at++) {
    world.now += everyMs;
    const seen = faces(world.now, [who]);
    world.faces.push(seen);
    hears(world, which + at, seen);
  }
}

export function holds(
  world: World,
  which: number,
  text: string | null,
  list: FacesObserved['faces'],
  { isFaceFirst, aheadMs }: { isFaceFirst: boolean; aheadMs: number },
): void {
  const code = shown(world.now + aheadMs, text);
  const seen = faces(world.now + aheadMs, list, { frame: code.frame });
  world.codes.push(code);
  world.faces.push(seen);
  if (isFaceFirst) hears(world, which, seen);
  sees(world, which + 1, code);
  if (!isFaceFirst) hears(world, which, seen);
}

/** Ada comes, and shows a code to replicas that know how far she is. */
export function asksAbout(world: World, which: number, text: string | null): void {
  stands(world, which, face(['ada']));
  for (const one of [0, 1]) world.hear(one);
  holds(world, which, text, [face(['ada'])], { isFaceFirst: true, aheadMs: 0 });
}
