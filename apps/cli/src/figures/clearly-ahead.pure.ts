import { CLEAR_MARGIN } from '@latchkey/vision';
import { fmrAt, fnmrAt } from './measured-once.pure.js';

const STEP = 0.002;
const [LOWEST, HIGHEST] = [0.2, 0.8];

/**
 * How often a look names a stranger, with that many people enrolled: someone reaches the threshold and nobody else comes within the
 * margin of that one. By order statistics of independent comparisons: Σ N · f(s) · F(s − margin)^(N−1), over s from the threshold on.
 */
export function strangerNamed(people: number, threshold: number): number {
  let sum = 0;
  for (let s = threshold; s < 1; s += STEP) {
    const density = fmrAt(s).share - fmrAt(s + STEP).share;
    sum += people * density * (1 - fmrAt(s + STEP / 2 - CLEAR_MARGIN).share) ** (people - 1);
  }
  return sum;
}

/**
 * How often a look does not name who is enrolled: below the threshold, or not clearly ahead of the best of the others.
 * Σ P(best of N − 1 others is m) · FNMR(max(threshold, m + margin)).
 */
export function personNotNamed(people: number, threshold: number): number {
  const isBelow = (m: number) => (1 - fmrAt(m).share) ** Math.max(0, people - 1);
  let sum = isBelow(LOWEST) * fnmrAt(threshold).share;
  for (let m = LOWEST; m < HIGHEST; m += STEP) {
    const needed = Math.max(threshold, m + STEP / 2 + CLEAR_MARGIN);
    sum += (isBelow(m + STEP) - isBelow(m)) * fnmrAt(needed).share;
  }
  return sum;
}
