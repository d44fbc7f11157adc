import { decodePicture } from '../decode-picture.js';
import { encodeJpeg } from '../encode-picture.js';
import type { Picture } from '../picture.js';
import { doorFrame, keepLast } from './door-frame.js';
import { type Held, laidInto, sheetCorners } from './plane.pure.js';
import { type SamplePerson, samplePerson } from './sample-people.js';
import { seeded, withNoise } from './sensor-noise.js';
import { FRAME_HEIGHT, FRAME_WIDTH } from './variation.pure.js';

/** The presentation attacks that are rendered: what a thief can make of somebody's picture within a minute. */
export const ATTACK_KINDS = ['print', 'phone', 'screen', 'fine-screen'] as const;
export type AttackKind = (typeof ATTACK_KINDS)[number];

/** Widths of the sheet, the phone and the screen, as shares of the frame's: from an arm's length to close up. */
export const ATTACK_SCALES: Readonly<Record<AttackKind, readonly number[]>> = {
  print: [0.6, 0.8, 1],
  phone: [0.45, 0.6, 0.8],
  // It fills the picture at every scale: only how large the face in it is changes.
  screen: [1.05, 1.25, 1.5],
  // The same without moiré: a panel whose grid is too fine for the camera, or is seen out of focus.
  'fine-screen': [1.05, 1.25, 1.5],
};

/** How much of a panel's light moiré takes and gives, where the camera sees any. */
const MOIRE = 0.04;

export interface Presentation {
  readonly kind: AttackKind;
  readonly person: SamplePerson;
  /** One of the kind's {@link ATTACK_SCALES}. */
  readonly wide: number;
}

/**
 * A frame of the attack as a door's camera sees it, a JPEG of 640 × 480 px, with the sensor's noise.
 * @param seed of the noise; the same seed gives the same bytes
 */
export async function attackFrame(
  { kind, person, wide }: Presentation,
  held: Held = {},
  seed = 1,
): Promise<Buffer> {
  const flat = await shownOn(`${kind}:${person.id}`);
  const aspect = flat.width / flat.height;
  const scene = laidInto(WALL, flat, sheetCorners(WALL, { wide, aspect }, held));
  return encodeJpeg(withNoise(scene, NOISE, seed), 90);
}

/** Frames of one presentation in a hand that is not quite still. */
export async function attackFrames(
  presentation: Presentation,
  count: number,
  seed: number,
): Promise<Buffer[]> {
  const random = seeded(seed);
  const sway = (most: number) => (random() * 2 - 1) * most;
  const frames: Buffer[] = [];
  for (let n = 0; n < count; n++) {
    const held = { turnDeg: sway(8), tiltDeg: sway(3), right: sway(0.01), down: sway(0.01) };
    frames.push(await attackFrame(presentation, held, seed * 100 + n));
  }
  return frames;
}

/** Deviation of a small camera's noise in indoor light, in grey levels. */
const NOISE = 2;

const FLAT: Readonly<Record<AttackKind, (shown: Picture) => Picture>> = {
  print: (shown) => framed(printed(shown), 0.06, 0.06, [206, 205, 200]),
  // A phone held across, with its bezels.
  phone: (shown) => framed(lit(shown, 0.85, MOIRE), 0.09, 0.06, [18, 18, 20]),
  screen: (shown) => lit(shown, 1, MOIRE),
  'fine-screen': (shown) => lit(shown, 1, 0),
};

/** Ink on office paper: blacks are grey (18), its white is grey (206), its colours are duller. */
function printed(picture: Picture): Picture {
  return mapped(picture, (value, mean) => 18 + ((value * 0.8 + mean * 0.2) / 255) * 188);
}

/** A backlit panel: blacks glow, a higher gamma, a cool white; and moiré where its grid beats with the sensor's, in
 * shares of its light. */
function lit(picture: Picture, bright: number, moire: number): Picture {
  const cool = [0.96, 0.99, 1.05];
  return mapped(picture, (value, _, x, y, channel) => {
    const panel = 14 + 236 * (value / 255) ** 1.15 * bright * (cool[channel] as number);
    const beat = Math.sin(x * 0.61 + y * 0.07) * Math.sin(y * 0.53 + channel * 2.1);
    return panel * (1 + moire * beat);
  });
}

type Map = (value: number, mean: number, x: number, y: number, channel: number) => number;

function mapped({ width, height, data }: Picture, map: Map): Picture {
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
    for (let channel = 0; channel < 3; channel++) {
      const value = map(data[at + channel] as number, (r + g + b) / 3, x, y, channel);
      out[at + channel] = Math.min(255, Math.max(0, value + 0.5));
    }
  }
  return { width, height, data: out };
}

/** The picture with an edge around it, in shares of its width. */
function framed(picture: Picture, sides: number, ends: number, colour: readonly number[]): Picture {
  const [dx, dy] = [Math.round(picture.width * sides), Math.round(picture.width * ends)];
  const [width, height] = [picture.width + 2 * dx, picture.height + 2 * dy];
  const data = filled(width, height, () => colour);
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * picture.width * 3, (y + 1) * picture.width * 3);
    data.set(row, ((y + dy) * width + dx) * 3);
  }
  return { width, height, data };
}

/** What the thief holds up: the person's picture on that kind of thing. */
const shownOn = keepLast(async (key: string): Promise<Picture> => {
  const [kind, id] = key.split(':') as [AttackKind, string];
  return FLAT[kind](await decodePicture(await doorFrame(samplePerson(id))));
});

/** A lit wall behind whoever stands at the door. */
function wall(): Picture {
  const [width, height] = [FRAME_WIDTH, FRAME_HEIGHT];
  const data = filled(width, height, (x, y) => {
    const light = 150 - 40 * (y / height) + 25 * (x / width);
    return [light, light * 0.98, light * 0.93];
  });
  return { width, height, data };
}

const WALL = wall();

function filled(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    data.set(colourAt(at % width, Math.floor(at / width)), at * 3);
  }
  return data;
}
