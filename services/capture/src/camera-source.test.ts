import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { readPictures, splitJpegs } from './camera-source.js';

const jpeg = (width: number) =>
  sharp({ create: { width, height: 8, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer();

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

let folder: string | undefined;
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
  folder = undefined;
});

describe('a camera as a file', () => {
  it('cuts MJPEG into its pictures, however the bytes arrive and whatever lies between', async () => {
    const [a, b, c] = await Promise.all([jpeg(8), jpeg(16), jpeg(24)]);
    const between = Buffer.from([0x00, 0xff, 0xff, 0x11]);
    const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0x00]), b.subarray(4, 30)]);
    const stream = Buffer.concat([a, between, b, broken, c]);
    for (const size of [1, 7, 64, stream.length]) {
      const pictures = await Array.fromAsync(splitJpegs(inChunks(stream, size)));
      expect(pictures.map((picture) => Buffer.compare(Buffer.from(picture), a))).toHaveLength(3);
      expect(pictures.map((picture) => picture.length)).toEqual([a.length, b.length, c.length]);
    }
  });

  it('plays a folder by name and nothing but its JPEGs', async () => {
    folder = await mkdtemp(join(tmpdir(), 'lk-camera-'));
    const [a, b] = await Promise.all([jpeg(8), jpeg(16)]);
    await writeFile(join(folder, '2.jpeg'), b);
    await writeFile(join(folder, '1.JPG'), a);
    await writeFile(join(folder, 'notes.txt'), 'not a picture');
    const pictures = await Array.fromAsync(readPictures(folder));
    expect(pictures).toEqual([a, b]);
  });
});
