import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
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

/** Writes what a camera is to see as concatenated JPEGs. */
export async function writeFilm(path: string, stretches: readonly Stretch[]): Promise<void> {
  const file = createWriteStream(path);
  for (const { frames: seen, seconds } of stretches) {
    const frames = await Promise.all(seen.map(inVideoRange));
    for (let at = 0; at < seconds * FRAMES_PER_SECOND; at++) {
      const frame = frames[Math.floor(at / EACH_FOR_FRAMES) % frames.length];
      if (frame && !file.write(frame)) await once(file, 'drain');
    }
  }
  file.end();
  await finished(file);
}

function inVideoRange(jpeg: Buffer): Promise<Buffer> {
  const { factor, offset } = VIDEO_RANGE;
  return sharp(jpeg).linear(factor, offset).jpeg({ quality: 92 }).toBuffer();
}
