import { type Embedding, normalise } from '@latchkey/vision';
import { seeded } from '@latchkey/vision/samples';

/** How much of the samples' own covariance is given up for an even one: so the synthetic deviate from real faces by about 0.07. */
const SHRINKAGE = 0.9;

/**
 * Templates of nobody, to fill a gallery with: drawn from a normal distribution with the mean of real templates and their
 * covariance, shrunk towards an even one (Ledoit and Wolf, 2004, with a fixed share), then made unit vectors. They tell
 * whether a search of so many finds the right one at the threshold of that size, and how long it takes. They are no people:
 * what people do who are alike by descent or age, they do not, so they say nothing of accuracy.
 * @param real unit vectors; of fewer than two nothing can be drawn
 * @returns the same ones on every call
 */
export function syntheticTemplates(
  real: readonly Embedding[],
  count: number,
  seed = 1,
): Embedding[] {
  const [first] = real;
  if (!first || real.length < 2) return [];
  const size = first.length;
  const mean = meanOf(real);
  const centred = real.map((one) => one.map((value, at) => value - (mean[at] ?? 0)));
  const spread = centred.flatMap((one) => [...one]).reduce((sum, value) => sum + value * value, 0);
  const own = Math.sqrt((1 - SHRINKAGE) / real.length);
  const even = Math.sqrt((SHRINKAGE * spread) / (real.length * size));
  const normal = normals(seeded(seed));
  return Array.from({ length: count }, () => {
    const drawn = mean.map((value) => value + even * normal());
    for (const one of centred) {
      const weight = own * normal();
      for (let at = 0; at < size; at++) drawn[at] = (drawn[at] ?? 0) + weight * (one[at] ?? 0);
    }
    return normalise(drawn);
  });
}

/** The plain mean: `meanTemplate` would make it a unit vector. */
function meanOf(real: readonly Embedding[]): Float32Array {
  const sum = new Float32Array(real[0]?.length ?? 0);
  for (const one of real)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (one[at] ?? 0);
  return sum.map((value) => value / real.length);
}

/** Normal deviates, by Box and Muller (1958). */
function normals(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
