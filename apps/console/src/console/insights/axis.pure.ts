/** More lines than these are a fence before the bars. */
const MOST_STEPS = 4;
const NICE = [1, 2, 5, 10];

/** The counts that an axis names, from 0 up to at least `most`, by steps that one can count on: whole, of 1, 2 or 5. */
export function ticksUpTo(most: number): number[] {
  const least = Math.max(1, most) / MOST_STEPS;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  const step = (NICE.find((nice) => nice * power >= least) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
