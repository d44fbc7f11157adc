/** A face as 512 numbers of length 1. What a gallery and a template consist of. */
export type Embedding = Float32Array;

/** Numbers in an embedding. */
export const EMBEDDING_SIZE = 512;

/** Two faces are the same person at or above this cosine similarity (1:1): FMR 1.4e-4 on LFW, all pairs. */
export const VERIFY_THRESHOLD = 0.4;

/** The same direction with length 1 (L2). A vector of zeros stays one. */
export function normalise(vector: Float32Array): Embedding {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return length === 0 ? vector.slice() : vector.map((value) => value / length);
}

/** Cosine similarity of two embeddings of length 1, −1..1. */
export function cosine(a: Embedding, b: Embedding): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return Math.min(1, Math.max(-1, sum));
}

/**
 * A person's template: the mean of the samples' embeddings, of length 1 again. The mean of five is as good at
 * knowing its person as the best of five, and is mistaken for others more seldom (LFW).
 */
export function meanTemplate(samples: readonly Embedding[]): Embedding {
  const mean = new Float32Array(samples[0]?.length ?? EMBEDDING_SIZE);
  for (const sample of samples) {
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (sample[i] as number);
  }
  return normalise(mean);
}

/** The least similarity between any two of the embeddings; 1 for fewer than two. */
export function leastSimilarity(embeddings: readonly Embedding[]): number {
  let least = 1;
  embeddings.forEach((a, i) => {
    for (const b of embeddings.slice(i + 1)) least = Math.min(least, cosine(a, b));
  });
  return least;
}

/** Whether all samples show one person: each pair at or above the 1:1 threshold. */
export function areOnePerson(
  embeddings: readonly Embedding[],
  threshold = VERIFY_THRESHOLD,
): boolean {
  return leastSimilarity(embeddings) >= threshold;
}
