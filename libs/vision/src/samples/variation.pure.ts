import type { Box, Picture } from '../picture.js';
import { type Affine, warp } from '../warp.pure.js';
import { seeded } from './sensor-noise.js';

/** A gentle change of a door frame: how one person's frames differ. All default to "no change". */
export interface Variation {
  /** How much nearer the person stands: 1.1 makes the face a tenth larger. */
  readonly nearer?: number;
  /** Shift of the face, as a share of the frame's width and height. */
  readonly right?: number;
  readonly down?: number;
  /** Turn in the picture's plane, clockwise. */
  readonly turnDeg?: number;
  /** Factor of brightness. */
  readonly light?: number;
  /** Deviation of the camera's noise, in grey levels. */
  readonly noise?: number;
  readonly mirror?: boolean;
  /** Radius of a blur in pixels of the frame; 5 is a picture out of focus. */
  readonly blurPx?: number;
}

export const FRAME_WIDTH = 640;
export const FRAME_HEIGHT = 480;

/** A frame of 640 × 480 px around the face, `widths` times as wide as the face. */
export function cutFrame(
  source: Picture,
  face: Box,
  widths: number,
  variation: Variation,
): Picture {
  const frame = warp(source, frameMap(source, face, widths, variation), FRAME_WIDTH, FRAME_HEIGHT);
  return { ...frame, data: grain(frame.data, variation.light ?? 1, variation.noise ?? 0) };
}

/** Where each pixel of the frame comes from. The window stays inside the source as far as it can. */
function frameMap(source: Picture, face: Box, widths: number, variation: Variation): Affine {
  const { nearer = 1, right = 0, down = 0, turnDeg = 0, mirror = false } = variation;
  const wanted = (face.width * widths) / nearer;
  const width = Math.min(wanted, source.width, (source.height * FRAME_WIDTH) / FRAME_HEIGHT);
  const step = width / FRAME_WIDTH;
  const middleX = face.x + face.width / 2;
  const middleY = face.y + face.height / 2;
  const left = inside(
    middleX - step * FRAME_WIDTH * (0.5 + right),
    source.width - step * FRAME_WIDTH,
  );
  const top = inside(
    middleY - step * FRAME_HEIGHT * (0.5 + down),
    source.height - step * FRAME_HEIGHT,
  );
  // The frame is turned and mirrored about the face's middle.
  const u = (middleX - left) / step;
  const v = (middleY - top) / step;
  const cos = step * Math.cos((turnDeg * Math.PI) / 180);
  const sin = step * Math.sin((turnDeg * Math.PI) / 180);
  const flip = mirror ? -1 : 1;
  return {
    a: cos * flip,
    b: sin,
    c: middleX - cos * flip * u - sin * v,
    d: -sin * flip,
    e: cos,
    f: middleY + sin * flip * u - cos * v,
  };
}

function inside(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

/** Light and noise; the same numbers give the same bytes on every run. */
function grain(data: Uint8Array, light: number, noise: number): Uint8Array {
  if (light === 1 && noise === 0) return data;
  const random = seeded(1);
  return data.map((value) => {
    // Three uniform numbers are near enough to a normal one: their sum has a deviation of 1/2.
    const normal = noise === 0 ? 0 : (random() + random() + random() - 1.5) * 2;
    return Math.min(255, Math.max(0, value * light + normal * noise + 0.5));
  });
}
