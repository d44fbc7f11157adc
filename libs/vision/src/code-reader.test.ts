import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { blurQrRegions } from './blur-regions.pure.js';
import { type CodeReader, createCodeReader } from './code-reader.js';
import { decodeGrey, decodePicture } from './decode-picture.js';
import { toGrey } from './grey.pure.js';
import { emptyFrame, type QrLook, qrPicture } from './samples/index.js';

const TEXT = 'LK1.A1b2C3d4E5f6G7h8I9j0kL';
const patient = { budgetMs: 10_000 };
let reader: CodeReader;
beforeAll(async () => {
  reader = await createCodeReader();
});

const looks: Record<string, QrLook> = {
  'held well': {},
  'tilted a little': { tilt: 12 },
  'tilted by 45°': { tilt: 45 },
  'upside down': { tilt: 180 },
  'on a dim screen': { dim: true },
  'far away': { small: true },
  'mirrored by a selfie camera': { mirrored: true },
  'light on dark': { inverted: true },
  'dim and far away': { dim: true, small: true },
  'tilted, dim and mirrored': { tilt: 30, dim: true, mirrored: true },
  'tilted, far away, dim and mirrored': { tilt: 20, small: true, dim: true, mirrored: true },
};

describe('a code on a phone is read', () => {
  it.each(Object.entries(looks))('%s', async (_, look) => {
    const [code, ...others] = await reader.read(await qrPicture(TEXT, look), patient);
    expect(code?.text).toBe(TEXT);
    expect(others).toEqual([]);
    expect(Math.abs((code?.box.x ?? 0) + (code?.box.width ?? 0) / 2 - 320)).toBeLessThan(15);
  });
});

describe('the code reader', () => {
  it('finds nothing where nothing is', async () => {
    expect(await reader.read(await emptyFrame(), patient)).toEqual([]);
  });

  it('refuses bytes that are no picture', async () => {
    await expect(reader.read(new TextEncoder().encode('no picture'))).rejects.toMatchObject({
      code: 'LK-VISION-001',
    });
  });

  it('takes its WebAssembly from the installed package', () => {
    expect(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).toMatch(
      /node_modules/,
    );
  });
});

describe('a picture that is kept', () => {
  it.each(Object.entries(looks))('shows no readable code: %s', async (_, look) => {
    const frame = await qrPicture(TEXT, look);
    const picture = await decodePicture(frame);
    const boxes = await reader.locate(toGrey(picture));
    const kept = toGrey(blurQrRegions(picture, boxes));
    expect(boxes.length).toBeGreaterThan(0);
    expect(await reader.read(await decodeGrey(frame), patient)).toHaveLength(1);
    expect(await reader.read(kept, patient)).toEqual([]);
  });
});
