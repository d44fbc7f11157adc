import { FRAME_MAX_BYTES } from '@latchkey/contracts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { normaliseSample } from './sample-picture.js';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a08070' } });

describe('a sample', () => {
  it.each(['png', 'webp', 'tiff', 'gif', 'avif'] as const)('may be a %s', async (format) => {
    const jpeg = await normaliseSample(await plain(320, 240).toFormat(format).toBuffer());
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 });
  });

  it('is brought to 1280 px, upright, and loses what else the file told', async () => {
    const picture = await plain(3000, 2000)
      .withExif({ IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { width, height, exif } = await sharp(await normaliseSample(picture)).metadata();
    expect({ width, height, exif }).toEqual({ width: 853, height: 1280, exif: undefined });
  });

  it('of the worst kind still fits into a message', async () => {
    const noise = sharp({
      create: {
        width: 1280,
        height: 1280,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 80 },
      },
    });
    const jpeg = await normaliseSample(await noise.png().toBuffer());
    expect(jpeg.length).toBeLessThanOrEqual(FRAME_MAX_BYTES);
  });

  it('with transparency stands on white, and a grey one has three channels', async () => {
    const clear = { width: 64, height: 64, channels: 4 as const, background: '#00000000' };
    const jpeg = await normaliseSample(await sharp({ create: clear }).png().toBuffer());
    const { dominant } = await sharp(jpeg).stats();
    expect(dominant.r).toBeGreaterThan(240);
    const grey = await plain(64, 64).greyscale().png().toBuffer();
    expect(await sharp(await normaliseSample(grey)).metadata()).toMatchObject({ channels: 3 });
  });

  it.each([
    ['text', Buffer.from('no picture')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused where it is %s', async (_, bytes) => {
    await expect(normaliseSample(bytes)).rejects.toMatchObject({ code: 'LK-IMG-001' });
  });

  it('is refused where it is gone over thousands of times to be unpacked', async () => {
    const whole = await plain(320, 240).jpeg({ progressive: true, optimizeScans: true }).toBuffer();
    const goneOver = (times: number) => {
      const scan = whole.subarray(whole.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
      const scans = Array.from({ length: times }, () => scan);
      return Buffer.concat([whole.subarray(0, -2), ...scans, whole.subarray(-2)]);
    };
    await expect(normaliseSample(goneOver(10))).resolves.toBeDefined();
    await expect(normaliseSample(goneOver(2_000))).rejects.toMatchObject({ code: 'LK-IMG-001' });
  });

  it('is refused where it is huge once unpacked', async () => {
    const bomb = await plain(10_000, 6_000).png({ compressionLevel: 9 }).toBuffer();
    await expect(normaliseSample(bomb)).rejects.toMatchObject({ code: 'LK-IMG-001' });
  });
});
