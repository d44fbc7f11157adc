/** The quantile of the normal distribution for 95 %. */
const Z = 1.959_963_985;

/**
 * Wilson's 95 % interval of a share (1927). Not Clopper and Pearson's, which is wider than it need be for the few
 * pictures at hand; not the normal one, which says nothing at 0 of n.
 * @returns `null` where nothing was counted
 */
export function wilson(part: number, whole: number): { low: number; high: number } | null {
  if (whole === 0) return null;
  const share = part / whole;
  const square = Z * Z;
  const middle = share + square / (2 * whole);
  const half = Z * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole * whole));
  const scale = 1 + square / whole;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}
