import { decodePicture } from '../decode-picture.js';
import { encodeJpeg } from '../encode-picture.js';
import type { Picture } from '../picture.js';

/** Normal deviates, drawn once: a frame takes a million of them. */
const DEVIATES = deviates(1 << 16);

/** A camera's noise on a picture: what tells two frames of one still scene apart. `deviation` in grey levels. */
export function withNoise(picture: Picture, deviation: number, seed: number): Picture {
  const random = seeded(seed);
  const { width, height } = picture;
  const data = new Uint8Array(picture.data.length);
  for (let y = 0, at = 0; y < height; y++) {
    // Each row begins elsewhere among them, so that no pattern repeats.
    let next = Math.floor(random() * DEVIATES.length);
    for (const end = at + width * 3; at < end; at++, next++) {
      const noise = (DEVIATES[next & 0xffff] as number) * deviation;
      data[at] = Math.min(255, Math.max(0, (picture.data[at] as number) + noise + 0.5));
    }
  }
  return { ...picture, data };
}

/** The JPEG as a sensor sees the same scene once more. */
export async function seenAgain(jpeg: Uint8Array, seed: number, deviation = 1.5): Promise<Buffer> {
  return encodeJpeg(withNoise(await decodePicture(jpeg), deviation, seed), 92);
}

/** A small generator of 32 bits (mulberry32): no randomness, only variety. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Three uniform numbers are near enough to a normal one: their sum has a deviation of 1/2. */
function deviates(count: number): Float32Array {
  const random = seeded(7);
  return Float32Array.from({ length: count }, () => (random() + random() + random() - 1.5) * 2);
}
