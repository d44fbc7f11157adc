import { normaliseSample } from '@latchkey/gateway/parsers';
import { Failure } from '@latchkey/runtime';
import {
  createCodeReader,
  decodeGrey,
  decodePicture,
  type GreyPicture,
  VisionError,
} from '@latchkey/vision';
import { qrPicture } from '@latchkey/vision/samples';
import sharp from 'sharp';
import { changedBytes } from './fuzz-inputs.pure.js';
import type { FuzzTarget } from './fuzz-run.js';
import type { ErrorKind } from './fuzz-targets.js';

const SIZE = { width: 64, height: 48 };
const noisy = (size: typeof SIZE) => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { ...size, channels: 3, background: '#4a6', noise } });
};

/** Small pictures of each kind that decoders know. */
export async function pictureSeeds(): Promise<readonly Buffer[]> {
  return await Promise.all([
    noisy(SIZE).jpeg().toBuffer(),
    noisy(SIZE).jpeg({ progressive: true, quality: 60 }).toBuffer(),
    noisy(SIZE)
      .jpeg({ chromaSubsampling: '4:4:4' })
      .withExif({ IFD0: { ImageDescription: 'x' } })
      .toBuffer(),
    noisy(SIZE).toColourspace('cmyk').jpeg().toBuffer(),
    noisy(SIZE)
      .grayscale()
      .jpeg({ restartInterval: 4 } as never)
      .toBuffer(),
  ]);
}

/** So large that a library which keeps one of them each time is seen to grow. */
const largeSeed = (): Promise<Buffer> =>
  noisy({ width: 640, height: 480 }).blur(4).jpeg({ quality: 60 }).toBuffer();

/** Pictures of codes, as one would be decoded of a frame. */
async function codePictures(): Promise<readonly GreyPicture[]> {
  const texts = ['LK1.AAECAwQFBgcICQoLDA0ODw', `LK1.${'9'.repeat(400)}`, 'ﷺ'.repeat(50), '\u0000'];
  return await Promise.all(texts.map(async (text) => decodeGrey(await qrPicture(text))));
}

async function orRefused(kinds: readonly ErrorKind[], act: () => Promise<unknown>) {
  try {
    await act();
  } catch (error) {
    if (!kinds.some((kind) => kind[Symbol.hasInstance](error))) throw error;
  }
}

/** Decoders of pixels and of codes in them: slower by far, so they get fewer inputs. */
export async function pictureTargets(seeds: readonly Uint8Array[]): Promise<readonly FuzzTarget[]> {
  const others = await Promise.all(
    (['png', 'webp', 'gif', 'tiff'] as const).map((format) =>
      sharp(seeds[0]).toFormat(format).toBuffer(),
    ),
  );
  const all = [...seeds, await largeSeed()];
  const shown = await codePictures();
  const reader = await createCodeReader();
  return [
    {
      name: 'JPEG’s pixels',
      kind: 'frames',
      inputs: 400,
      tryOne: (chance) =>
        orRefused([VisionError], () => {
          const bytes = changedBytes(chance, chance.one(all));
          return chance.below(2) === 0
            ? decodePicture(bytes, { maxSidePx: 4_096 })
            : decodeGrey(bytes);
        }),
    },
    {
      name: 'sample of any format',
      kind: 'REST',
      inputs: 400,
      tryOne: (chance) =>
        orRefused([Failure], () =>
          normaliseSample(changedBytes(chance, chance.one([...all, ...others]))),
        ),
    },
    {
      name: 'code in a picture',
      kind: 'codes',
      inputs: 300,
      tryOne: async (chance) => {
        const picture = chance.one(shown);
        const data = changedBytes(chance, picture.data).subarray(0, picture.data.length);
        const whole = Buffer.concat([data, Buffer.alloc(picture.data.length - data.length)]);
        await reader.read({ ...picture, data: new Uint8Array(whole) }, { budgetMs: 0 });
      },
    },
  ];
}
