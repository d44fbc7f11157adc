import type { FivePoints } from './landmarks.pure.js';
import type { Picture } from './picture.js';
import { layout, type PlaneLayout } from './planes.pure.js';
import { type Affine, warp } from './warp.pure.js';

/** Side of an aligned face, the embedding model's input. */
export const ALIGNED_SIZE = 112;
export const EMBED_LAYOUT: PlaneLayout = layout('bgr', 127, 128);

/** Where the five points lie in an aligned face (the ArcFace reference, in pixels of 112 × 112). */
const REFERENCE = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
] as const;

/**
 * The similarity (turn, uniform scale, shift; no mirroring) that takes the reference points nearest to the face's
 * five points, in the sense of least squares (Umeyama 1991 in closed form for the plane).
 */
export function alignmentMap(points: FivePoints): Affine {
  const n = REFERENCE.length;
  const from = centre(REFERENCE);
  const to = centre(points);
  let along = 0;
  let across = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    const p = REFERENCE[i] as { x: number; y: number };
    const q = points[i] as { x: number; y: number };
    const px = p.x - from.x;
    const py = p.y - from.y;
    along += px * (q.x - to.x) + py * (q.y - to.y);
    across += px * (q.y - to.y) - py * (q.x - to.x);
    spread += px * px + py * py;
  }
  const a = along / spread;
  const d = across / spread;
  // The reference counts in pixel centres, the warp in unit squares: half a pixel apart at both ends.
  const c = to.x - a * (from.x + 0.5) + d * (from.y + 0.5) + 0.5;
  const f = to.y - d * (from.x + 0.5) - a * (from.y + 0.5) + 0.5;
  return { a, b: -d, c, d, e: a, f };
}

/** The face turned upright and scaled so that its five points lie near the reference; black outside the picture. */
export function alignFace(picture: Picture, points: FivePoints): Picture {
  return warp(picture, alignmentMap(points), ALIGNED_SIZE, ALIGNED_SIZE, 0);
}

function centre(points: readonly { readonly x: number; readonly y: number }[]): {
  x: number;
  y: number;
} {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x / points.length;
    y += point.y / points.length;
  }
  return { x, y };
}
