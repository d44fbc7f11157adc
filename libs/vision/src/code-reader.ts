import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import jsqr from 'jsqr';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { decodeGrey } from './decode-picture.js';
import { enlarge, halve, stretchContrast, toRgba } from './grey.pure.js';
import type { Box, GreyPicture, Point } from './picture.js';
import { VisionError } from './vision-error.js';

/** A QR code that was read. Its text may be a secret: never log it. */
export interface ReadCode {
  readonly text: string;
  /** In pixels of the picture: top left, top right, bottom right, bottom left, as the code itself sees it. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Upright box around the corners. */
  readonly box: Box;
  readonly reader: 'zxing' | 'jsqr';
}

/** For how long further tries on a picture may begin, in milliseconds: at a door, and where nothing else is said. */
export const CODE_BUDGET_MS = 40;

export interface ReadCodesOptions {
  /**
   * Once this many milliseconds have passed, no further try is begun. Default 40, as at a door. A picture that has no code costs
   * this much, so give less where frames queue up.
   */
  readonly budgetMs?: number;
  /** Reads at most so many codes. Default 4. */
  readonly maxCodes?: number;
}

/** Reads QR codes; its WebAssembly comes from the installed package, never from a network. */
export interface CodeReader {
  /** @throws VisionError LK-VISION-001 or LK-VISION-002 if the bytes are no picture or too large a one */
  read(picture: Uint8Array | GreyPicture, options?: ReadCodesOptions): Promise<ReadCode[]>;
  /**
   * Where QR codes are, read or only seen: what must be blurred in a picture that is kept.
   * Costs one try; finds what `read` finds in its first.
   */
  locate(picture: GreyPicture): Promise<Box[]>;
}

/** @throws VisionError LK-VISION-007 if the WebAssembly cannot be loaded */
export async function createCodeReader(): Promise<CodeReader> {
  try {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    const bytes = await readFile(file);
    const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new VisionError('LK-VISION-007', detail, { cause });
  }
  return { read: readWithin, locate };
}

/** A way to look at a picture: what is done to it, and how many of its pixels make one of the original's. */
interface Try {
  readonly prepare: (picture: GreyPicture) => GreyPicture;
  readonly scale: number;
  readonly read: (picture: GreyPicture, maxCodes: number) => Promise<ReadCode[]>;
  readonly suits?: (picture: GreyPicture) => boolean;
}

const isSmall = ({ width, height }: GreyPicture) => width * height <= 1_000_000;
const isLarge = ({ width, height }: GreyPicture) => width * height > 1_000_000;
const asIs = (picture: GreyPicture) => picture;

/** Cheap and likely first. zxing turns, inverts, mirrors and shrinks by itself in each of its tries. */
const TRIES: readonly Try[] = [
  { prepare: asIs, scale: 1, read: withZxing({}) },
  { prepare: stretchContrast, scale: 1, read: withZxing({ binarizer: 'GlobalHistogram' }) },
  {
    prepare: (picture) => enlarge(stretchContrast(picture)),
    scale: 2,
    read: withZxing({}),
    suits: isSmall,
  },
  {
    prepare: (picture) => halve(stretchContrast(picture)),
    scale: 0.5,
    read: withZxing({}),
    suits: isLarge,
  },
  { prepare: asIs, scale: 1, read: withZxing({ tryDenoise: true }) },
  { prepare: stretchContrast, scale: 1, read: withJsqr },
];

async function readWithin(
  given: Uint8Array | GreyPicture,
  { budgetMs = CODE_BUDGET_MS, maxCodes = 4 }: ReadCodesOptions = {},
): Promise<ReadCode[]> {
  const picture = given instanceof Uint8Array ? await decodeGrey(given) : given;
  const startedMs = performance.now();
  for (const attempt of TRIES) {
    if (attempt.suits && !attempt.suits(picture)) continue;
    const codes = await attempt.read(attempt.prepare(picture), maxCodes);
    if (codes.length > 0) return codes.map((code) => scaled(code, 1 / attempt.scale));
    if (performance.now() - startedMs > budgetMs) break;
  }
  return [];
}

async function locate(picture: GreyPicture): Promise<Box[]> {
  const found = await zxing(picture, { returnErrors: true, maxNumberOfSymbols: 16 });
  return found.map(({ position }) => boxOf(cornersOf(position)));
}

function withZxing(options: ReaderOptions): Try['read'] {
  return async (picture, maxCodes) => {
    const found = await zxing(picture, { ...options, maxNumberOfSymbols: maxCodes });
    return found.flatMap(({ isValid, text, position }) =>
      isValid ? [codeOf(text, cornersOf(position), 'zxing')] : [],
    );
  };
}

function zxing(picture: GreyPicture, options: ReaderOptions) {
  const { width, height } = picture;
  // The shape of a canvas' ImageData, which Node does not have.
  const image = { width, height, data: toRgba(picture), colorSpace: 'srgb' as const };
  return readBarcodes(image, { formats: ['QRCode'], textMode: 'Plain', ...options });
}

async function withJsqr(picture: GreyPicture): Promise<ReadCode[]> {
  const found = jsqr.default(toRgba(picture), picture.width, picture.height, {
    inversionAttempts: 'attemptBoth',
  });
  if (!found?.data) return [];
  const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = found.location;
  return [
    codeOf(
      found.data,
      [topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner],
      'jsqr',
    ),
  ];
}

type Corners = ReadCode['corners'];

function cornersOf(
  position: Record<'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft', Point>,
): Corners {
  return [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft];
}

function codeOf(text: string, corners: Corners, reader: ReadCode['reader']): ReadCode {
  return { text, corners, box: boxOf(corners), reader };
}

function scaled(code: ReadCode, by: number): ReadCode {
  if (by === 1) return code;
  const [a, b, c, d] = code.corners;
  const move = ({ x, y }: Point): Point => ({ x: x * by, y: y * by });
  return codeOf(code.text, [move(a), move(b), move(c), move(d)], code.reader);
}

function boxOf(corners: Corners): Box {
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
