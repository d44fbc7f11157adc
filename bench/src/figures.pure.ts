/** The median of some numbers; of an even count, the mean of the two in the middle. @throws RangeError of none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('the median of no values');
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** The value below which the share `p` (0..1) of the values lies, by the nearest rank. @throws RangeError of none */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError('a percentile of no values');
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? 0;
}

/** A figure with as many digits as it is worth. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
