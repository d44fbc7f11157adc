import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { blurRegions } from '../blur-regions.pure.js';
import { decodePicture } from '../decode-picture.js';
import type { Box, Picture } from '../picture.js';
import { SAMPLE_PEOPLE, type SamplePerson, samplePerson } from './sample-people.js';
import { cutFrame, FRAME_HEIGHT, FRAME_WIDTH, type Variation } from './variation.pure.js';

/** The five variations that a person is enrolled with. */
export const ENROLMENT_VARIATIONS: readonly Variation[] = [
  {},
  { nearer: 1.06, turnDeg: 3 },
  { right: 0.03, light: 0.9 },
  { turnDeg: -3, light: 1.08 },
  { nearer: 0.96, down: 0.02, noise: 1.5 },
];

/** How a person comes to the door later: none of them is a sample's variation. */
export const PROBE_VARIATIONS: readonly Variation[] = [
  { nearer: 1.03, right: -0.04, noise: 1.5 },
  { turnDeg: 5, light: 0.93, down: -0.02 },
  { mirror: true, nearer: 0.98 },
];

/**
 * What a camera at a door sees of the person.
 * @returns a JPEG of 640 × 480 px, the same bytes on every call
 * @throws Error if npm `@vladmandic/face-api`, a development dependency, is not installed
 */
export async function doorFrame(person: SamplePerson, variation: Variation = {}): Promise<Buffer> {
  const picture = await pictureWithoutOthers(person.id);
  const frame = cutFrame(picture, person.box, person.frameWidths, variation);
  const raw = { width: FRAME_WIDTH, height: FRAME_HEIGHT, channels: 3 } as const;
  const image = sharp(frame.data, { raw });
  if (variation.blurPx) image.blur(variation.blurPx);
  return image.jpeg({ quality: 92 }).toBuffer();
}

/** Five samples to enrol the person with, as JPEGs. */
export function enrolmentSamples(person: SamplePerson): Promise<Buffer[]> {
  return Promise.all(ENROLMENT_VARIATIONS.map((variation) => doorFrame(person, variation)));
}

/** The person at the door, as JPEGs that are not among the samples. */
export function probeFrames(person: SamplePerson): Promise<Buffer[]> {
  return Promise.all(PROBE_VARIATIONS.map((variation) => doorFrame(person, variation)));
}

/** Two people at the door: a JPEG of 640 × 480 px, half of it each. */
export async function twoPeopleFrame(left: SamplePerson, right: SamplePerson): Promise<Buffer> {
  const halves = await Promise.all([left, right].map((person) => halfFrame(person)));
  return sharp({
    create: { width: FRAME_WIDTH, height: FRAME_HEIGHT, channels: 3, background: '#555' },
  })
    .composite(halves.map((input, i) => ({ input, left: (i * FRAME_WIDTH) / 2, top: 0 })))
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** A door with nobody before it: a JPEG of 640 × 480 px. */
export function emptyFrame(): Promise<Buffer> {
  return sharp({
    create: { width: FRAME_WIDTH, height: FRAME_HEIGHT, channels: 3, background: '#6f7a80' },
  })
    .jpeg()
    .toBuffer();
}

async function halfFrame(person: SamplePerson): Promise<Buffer> {
  const frame = await doorFrame(person);
  return sharp(frame)
    .extract({ left: FRAME_WIDTH / 4, top: 0, width: FRAME_WIDTH / 2, height: FRAME_HEIGHT })
    .toBuffer();
}

/** The last of a kind that was asked for: people are asked for one by one, and a picture is 8 MB. */
export function keepLast<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

const samplePicture = keepLast((name: string) => load(name));

/** The person's picture with the other people's faces blurred: a door frame has one face. */
const pictureWithoutOthers = keepLast(async (id: string): Promise<Picture> => {
  const { picture } = samplePerson(id);
  const others = SAMPLE_PEOPLE.filter((other) => other.picture === picture && other.id !== id);
  return blurRegions(
    await samplePicture(picture),
    others.map(({ box }) => larger(box)),
  );
});

function larger({ x, y, width, height }: Box): Box {
  return { x: x - width * 0.05, y: y - height * 0.05, width: width * 1.1, height: height * 1.1 };
}

async function load(name: string): Promise<Picture> {
  return decodePicture(await readFile(join(samplesFolder(), name)));
}

/** Where the sample pictures lie; for those who want them whole. */
export function samplesFolder(): string {
  const here = createRequire(import.meta.url);
  return join(dirname(here.resolve('@vladmandic/face-api/package.json')), 'demo');
}
