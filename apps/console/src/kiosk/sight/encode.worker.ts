import { findersIn } from './finder.pure.js';
import { codeOf, greyOf, type Look, lookAt, type Size } from './look.pure.js';

/** A picture to be made a frame. */
export interface EncodeJob {
  readonly picture: ImageBitmap;
  readonly takenMs: number;
}

/** Says that a picture could not be made a frame. */
export interface EncodeFault {
  readonly fault: string;
}

/** A frame, and what a cheap look at it tells. */
export interface EncodedFrame {
  readonly jpeg: ArrayBuffer;
  readonly takenMs: number;
  readonly look: Look;
}

const LONGEST_SIDE_PX = 640;
const JPEG_QUALITY = 0.85;
const GRID = { width: 64, height: 48 } as const;

const frame = new OffscreenCanvas(LONGEST_SIDE_PX, LONGEST_SIDE_PX);
// Read back each time, so that it is best kept where it is read.
const frameContext = frame.getContext('2d', { alpha: false, willReadFrequently: true });
const small = new OffscreenCanvas(LONGEST_SIDE_PX / 2, LONGEST_SIDE_PX / 2);
const smallContext = small.getContext('2d', { alpha: false, willReadFrequently: true });
let before: Uint8ClampedArray | undefined;

async function encode({ picture, takenMs }: EncodeJob): Promise<EncodedFrame> {
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  if (frame.width !== width || frame.height !== height) {
    frame.width = width;
    frame.height = height;
  }
  frameContext?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const look = { ...lookAgain(), code: lookForCode({ width, height }) };
  const blob = await frame.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return { jpeg: await blob.arrayBuffer(), takenMs, look };
}

/** How it looks as a whole, and beside the frame before. */
function lookAgain(): Omit<Look, 'code'> {
  const pixels = pixelsAt(GRID);
  const look = lookAt(pixels, before, GRID);
  before = pixels;
  return look;
}

function lookForCode({ width, height }: Size): Look['code'] {
  const size = { width: Math.round(width / 2), height: Math.round(height / 2) };
  return codeOf(findersIn({ pixels: greyOf(pixelsAt(size)), ...size }), size.height);
}

/** RGBA of the frame, made that small. */
function pixelsAt({ width, height }: Size): Uint8ClampedArray {
  smallContext?.drawImage(frame, 0, 0, width, height);
  return smallContext?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
}

self.addEventListener('message', ({ data }: MessageEvent<EncodeJob>) => {
  void encode(data).then(
    (encoded) => self.postMessage(encoded, { transfer: [encoded.jpeg] }),
    (error: unknown) => {
      const said: EncodeFault = { fault: String(error) };
      self.postMessage(said, { transfer: [] });
    },
  );
});
