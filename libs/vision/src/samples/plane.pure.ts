import type { Picture, Point } from '../picture.js';

/** Where the corners of a flat thing lie in a frame, in pixels: top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point];

/**
 * A flat picture held before a camera: `on` with `flat` laid into those corners in true perspective. The square's
 * homography is Heckbert's closed form (1989, §2.2.2), inverted by its adjugate; sampled bilinearly.
 */
export function laidInto(on: Picture, flat: Picture, corners: Corners): Picture {
  const data = Uint8Array.from(on.data);
  const [a, b, c, d, e, f, g, h, i] = adjugate(fromSquare(corners));
  for (let y = 0; y < on.height; y++) {
    for (let x = 0; x < on.width; x++) {
      const w = g * x + h * y + i;
      const u = (a * x + b * y + c) / w;
      const v = (d * x + e * y + f) / w;
      if (u < 0 || u >= 1 || v < 0 || v >= 1) continue;
      sample(flat, u * (flat.width - 1), v * (flat.height - 1), data, (y * on.width + x) * 3);
    }
  }
  return { ...on, data };
}

/**
 * Corners of a sheet in the middle of the frame, turned about its upright axis.
 * @param wide its width as a share of the frame's, facing the camera
 * @param turnDeg its right edge goes away from the camera; `tiltDeg` turns it in the picture's plane
 */
export function sheetCorners(
  frame: { readonly width: number; readonly height: number },
  sheet: { readonly wide: number; readonly aspect: number },
  { turnDeg = 0, tiltDeg = 0, right = 0, down = 0 }: Held = {},
): Corners {
  const halfWide = (sheet.wide * frame.width) / 2;
  const halfHigh = halfWide / sheet.aspect;
  const turn = (turnDeg * Math.PI) / 180;
  const tilt = (tiltDeg * Math.PI) / 180;
  // The camera stands a frame's width away: an angle of view of 53 degrees, as webcams have.
  const away = frame.width;
  const corner = (sx: number, sy: number): Point => {
    const x = sx * halfWide * Math.cos(turn);
    const y = sy * halfHigh;
    const near = away / (away + sx * halfWide * Math.sin(turn));
    const [px, py] = [x * near, y * near];
    return {
      x: frame.width * (0.5 + right) + px * Math.cos(tilt) - py * Math.sin(tilt),
      y: frame.height * (0.5 + down) + px * Math.sin(tilt) + py * Math.cos(tilt),
    };
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** How a hand holds it; angles in degrees, shifts as shares of the frame. */
export interface Held {
  readonly turnDeg?: number;
  readonly tiltDeg?: number;
  readonly right?: number;
  readonly down?: number;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

function fromSquare([p0, p1, p2, p3]: Corners): Matrix {
  const [sx, sy] = [p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y];
  const [dx1, dy1] = [p1.x - p2.x, p1.y - p2.y];
  const [dx2, dy2] = [p3.x - p2.x, p3.y - p2.y];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / whole;
  const h = (dx1 * sy - sx * dy1) / whole;
  return [
    p1.x - p0.x + g * p1.x,
    p3.x - p0.x + h * p3.x,
    p0.x,
    p1.y - p0.y + g * p1.y,
    p3.y - p0.y + h * p3.y,
    p0.y,
    g,
    h,
    1,
  ];
}

function adjugate([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

function sample(
  { width, height, data }: Picture,
  x: number,
  y: number,
  to: Uint8Array,
  at: number,
) {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  const row = y0 * width;
  const below = Math.min(y0 + 1, height - 1) * width;
  const next = Math.min(x0 + 1, width - 1);
  for (let channel = 0; channel < 3; channel++) {
    const of = (place: number) => data[place * 3 + channel] as number;
    const top = of(row + x0) * (1 - fx) + of(row + next) * fx;
    const bottom = of(below + x0) * (1 - fx) + of(below + next) * fx;
    to[at + channel] = top * (1 - fy) + bottom * fy + 0.5;
  }
}
