import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeGrey, decodePicture } from './decode-picture.js';

const gradient = sharp({ create: { width: 4, height: 2, channels: 3, background: '#102030' } });

describe('decoding', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('reads %s', async (format) => {
    const { width, height, data } = await decodePicture(
      await gradient.clone().toFormat(format).toBuffer(),
    );
    expect([width, height, data.length]).toEqual([4, 2, 24]);
  });

  it('turns a photograph upright by its EXIF orientation', async () => {
    const lying = await gradient.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { width, height } = await decodePicture(lying);
    expect([width, height]).toEqual([2, 4]);
  });

  it('gives RGB for grey, transparent and CMYK pictures', async () => {
    const grey = await gradient.clone().greyscale().png().toBuffer();
    const clear = await gradient.clone().ensureAlpha(0.5).png().toBuffer();
    const cmyk = await gradient.clone().toColourspace('cmyk').jpeg().toBuffer();
    for (const bytes of [grey, clear, cmyk])
      expect((await decodePicture(bytes)).data).toHaveLength(24);
    expect((await decodeGrey(clear)).data).toHaveLength(8);
  });

  it('refuses a picture that is larger than allowed before it decodes it', async () => {
    const bytes = await gradient.clone().png().toBuffer();
    await expect(decodePicture(bytes, { maxSidePx: 3 })).rejects.toMatchObject({
      code: 'LK-VISION-002',
    });
  });

  it('gives pixels that a copy does not share', async () => {
    const { data } = await decodePicture(await gradient.clone().png().toBuffer());
    data.slice().fill(0);
    expect(data[0]).toBe(0x10);
  });
});
