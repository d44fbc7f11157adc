/** An interval of a share, 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const HALVINGS = 60;

/**
 * The exact interval of a share by Clopper and Pearson (1934): the shares under which a count this small, or this large, has
 * a probability of at least half of what is left out. Never too narrow where the trials are independent.
 * @param part 0..whole
 * @param confidence of both sides together, 0..1
 * @returns `null` where nothing was counted
 */
export function clopperPearson(part: number, whole: number, confidence = 0.95): Interval | null {
  if (whole === 0) return null;
  const tail = (1 - confidence) / 2;
  const low = part === 0 ? 0 : solve((p) => 1 - atMost(part - 1, whole, p), tail);
  const high = part === whole ? 1 : solve((p) => -atMost(part, whole, p), -tail);
  return { low, high };
}

/**
 * The rule of three (Hanley and Lippman-Hand, 1983; ISO/IEC 19795-1): nothing seen in `trials` independent trials, the share is
 * below this with 95 % confidence: 1 − 0.05^(1/n), about 3/n.
 */
export function ruleOfThree(trials: number): number {
  return trials === 0 ? 1 : -Math.expm1(Math.log(0.05) / trials);
}

/** P(X ≤ part) of a binomial variable, by its sum; the terms in logarithms, for counts of millions. */
function atMost(part: number, whole: number, share: number): number {
  if (part > whole / 2) return 1 - atMost(whole - part - 1, whole, 1 - share);
  let term = whole * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let k = 1; k <= part; k++) {
    term += Math.log((whole - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(term);
  }
  return part < 0 ? 0 : Math.min(1, sum);
}

/** Where a rising function reaches a value, between 0 and 1. */
function solve(rising: (x: number) => number, value: number): number {
  let [from, to] = [0, 1];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (from + to) / 2;
    if (rising(middle) < value) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
