import sharp, { type JpegOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegFacts, parseJpeg } from './jpeg.pure.js';

async function jpeg(options: JpegOptions = {}, width = 64, height = 48): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#000', noise } })
    .jpeg(options)
    .toBuffer();
}

describe('parseJpeg', () => {
  it('reads the size of baseline and progressive pictures', async () => {
    for (const options of [{}, { progressive: true }, { quality: 100 }]) {
      const bytes = await jpeg(options);
      expect(jpegFacts(bytes)).toMatchObject({ widthPx: 64, heightPx: 48, end: bytes.length });
    }
  });

  it('counts how often the picture is gone over', async () => {
    expect(jpegFacts(await jpeg())?.scans).toBe(1);
    expect(jpegFacts(await jpeg({ progressive: true }))?.scans).toBeGreaterThan(1);
  });

  it('calls every beginning of a picture incomplete, never whole or invalid', async () => {
    const bytes = await jpeg();
    for (let length = 0; length < bytes.length; length++) {
      expect(parseJpeg(bytes.subarray(0, length))).toBe('incomplete');
    }
  });

  it('finds where a picture ends in a stream, beside a thumbnail in its own segment', async () => {
    const thumbnail = await jpeg({}, 16, 16);
    const outer = await jpeg();
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 0]), thumbnail]);
    segment.writeUInt16BE(thumbnail.length + 2, 2);
    const picture = Buffer.concat([outer.subarray(0, 2), segment, outer.subarray(2)]);
    const facts = parseJpeg(Buffer.concat([picture, outer]));
    expect(facts).toEqual({ widthPx: 64, heightPx: 48, scans: 1, end: picture.length });
    expect(parseJpeg(Buffer.concat([picture, outer]), picture.length)).toMatchObject({
      end: picture.length + outer.length,
    });
  });

  it('refuses what is no JPEG', async () => {
    const png = await sharp(await jpeg())
      .png()
      .toBuffer();
    const headless = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    for (const bytes of [png, headless, Buffer.from('GIF89a garbage')]) {
      expect(parseJpeg(bytes)).toBe('invalid');
      expect(jpegFacts(bytes)).toBeUndefined();
    }
    expect(jpegFacts(Buffer.alloc(0))).toBeUndefined();
  });
});
