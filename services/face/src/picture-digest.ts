import { createHash } from 'node:crypto';
import type { Picture } from '@latchkey/vision';

/** Side of the squares whose brightness is taken together. */
const CELL_PX = 8;

/**
 * Tells pictures apart, and nothing else: 64 bits of SHA-256 over each cell's mean brightness, in grey levels. It is the
 * same for the same picture however its file was written anew; a sensor's noise changes some of the many means each time.
 */
export function pictureDigest({ width, height, data }: Picture): string {
  const [columns, rows] = [Math.floor(width / CELL_PX), Math.floor(height / CELL_PX)];
  const means = new Uint8Array(columns * rows);
  for (let cell = 0; cell < means.length; cell++) {
    const top = Math.floor(cell / columns) * CELL_PX;
    const left = (cell % columns) * CELL_PX;
    let sum = 0;
    for (let y = top; y < top + CELL_PX; y++) {
      // Green is most of what the eye, and a sensor's mosaic, see of brightness.
      for (let at = (y * width + left) * 3 + 1, n = 0; n < CELL_PX; n++, at += 3) {
        sum += data[at] as number;
      }
    }
    means[cell] = sum / (CELL_PX * CELL_PX);
  }
  return createHash('sha256').update(means).digest().subarray(0, 8).toString('base64url');
}
