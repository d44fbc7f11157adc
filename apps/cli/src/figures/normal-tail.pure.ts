/**
 * P(Z > x) of the normal distribution: half of erfc(x/√2), by the Chebyshev fit of Numerical Recipes (Press et al., § 6.2, `erfcc`),
 * right to 1.2e-7 of its value everywhere, so also far out in the tail.
 */
export function normalTail(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + z / 2);
  const power = FIT.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const half = (t * Math.exp(-z * z + power)) / 2;
  return x >= 0 ? half : 1 - half;
}

const FIT = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** The other way round: the x beyond which a share of 0..1 lies, within ±9. */
export function normalTailAt(share: number): number {
  let [from, to] = [-9, 9];
  for (let n = 0; n < 60; n++) {
    const middle = (from + to) / 2;
    if (normalTail(middle) > share) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
