import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { seenAgain } from '@latchkey/vision/samples';
import sharp from 'sharp';

/** Chromium plays an MJPEG file at this rate, over and over. */
const FRAMES_PER_SECOND = 30;
/** People do not stand like statues: the frames of a stretch come in turn, each for so long. */
const EACH_FOR_FRAMES = 6;

/**
 * Chromium takes the film's brightness for that of video, 16 to 235, and stretches it (ITU-R BT.601): dark grey becomes
 * darker, and faces harder to know. So the film is written in that range.
 */
const VIDEO_RANGE = { factor: 219 / 255, offset: 16 } as const;

/** A while before the camera. */
export interface Stretch {
  /** JPEGs of one size. */
  readonly frames: readonly Buffer[];
  readonly seconds: number;
}

/**
 * Writes what a camera is to see as concatenated JPEGs. The film takes its place once it is whole: a page that still
 * plays the film of before would see this one grow, and act on it before the page that it is for.
 */
export async function writeFilm(path: string, stretches: readonly Stretch[]): Promise<void> {
  const unfinished = `${path}.part`;
  const file = createWriteStream(unfinished);
  let shots = 0;
  for (const { frames: seen, seconds } of stretches) {
    const frames = await Promise.all(seen.map(inVideoRange));
    const count = (seconds * FRAMES_PER_SECOND) / EACH_FOR_FRAMES;
    for (let at = 0; at < count; at++) {
      const frame = frames[at % frames.length];
      // A sensor's noise: a film that shows the very same picture again is one that a thief plays.
      if (!frame) continue;
      const shot = await seenAgain(frame, shots++);
      for (let time = 0; time < EACH_FOR_FRAMES; time++) {
        if (!file.write(shot)) await once(file, 'drain');
      }
    }
  }
  file.end();
  await finished(file);
  await rename(unfinished, path);
}

function inVideoRange(jpeg: Buffer): Promise<Buffer> {
  const { factor, offset } = VIDEO_RANGE;
  return sharp(jpeg).linear(factor, offset).jpeg({ quality: 92 }).toBuffer();
}

/** Where a person of the sample frames holds the code. */
const HELD = { left: 0, top: 268, width: 204, height: 212 } as const;

/** The frames with a window where the code is held, and blinds in the sun. */
export function withBlinds(frames: readonly Buffer[]): Promise<Buffer[]> {
  const { width, height } = HELD;
  const slat = 22;
  const slats = Array.from({ length: Math.floor(height / slat) }, (_, at) => {
    return `<rect y="${at * slat}" width="${width}" height="${slat * 0.7}" fill="#fff"/>`;
  });
  const ground = `<rect width="${width}" height="${height}" fill="#5a5a5a"/>`;
  const blinds = `<svg width="${width}" height="${height}">${ground}${slats.join('')}</svg>`;
  return held(Buffer.from(blinds), frames);
}

/** The frames with a code that is held so near that the picture has room for one of its corners alone. */
export async function tooNear(code: Buffer, frames: readonly Buffer[]): Promise<Buffer[]> {
  const side = 760;
  const { width, height } = HELD;
  // Most of the white rim is left away, but for what makes the corner one.
  const rim = 70;
  const corner = sharp(code)
    .flatten({ background: '#fff' })
    .resize(side, side)
    .extract({ left: side - rim - width, top: rim, width, height });
  return held(await corner.png().toBuffer(), frames);
}

function held(input: Buffer, frames: readonly Buffer[]): Promise<Buffer[]> {
  const place = { input, left: HELD.left, top: HELD.top };
  return Promise.all(
    frames.map((frame) => sharp(frame).composite([place]).jpeg({ quality: 92 }).toBuffer()),
  );
}
