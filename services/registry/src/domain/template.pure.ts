/**
 * A vector of the same direction with length 1.
 * @returns `null` where it has no direction: a zero vector, or one with numbers that are not finite.
 */
export function normalized(vector: readonly number[]): number[] | null {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length < 1e-6) return null;
  return vector.map((value) => value / length);
}

/** Cosine similarity of two unit vectors of the same length: -1 to 1. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return Math.min(1, Math.max(-1, dot));
}

/** The direction of the mean of unit vectors, or `null` where they cancel each other out. */
export function meanTemplate(vectors: readonly (readonly number[])[]): number[] | null {
  const sum = Array.from({ length: vectors[0]?.length ?? 0 }, (_, index) =>
    vectors.reduce((total, vector) => total + (vector[index] ?? 0), 0),
  );
  return normalized(sum);
}

/** A template as bytes: float32, little endian. */
export function toFloatBytes(vector: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true);
  return new Uint8Array(view.buffer);
}

/** The template in bytes that `toFloatBytes` made. */
export function fromFloatBytes(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 4 }, (_, index) =>
    view.getFloat32(index * 4, true),
  );
}
