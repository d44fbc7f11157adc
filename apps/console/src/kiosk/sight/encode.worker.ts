import { type Look, lookAt } from './look.pure.js';

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
const small = new OffscreenCanvas(GRID.width, GRID.height);
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
  smallContext?.drawImage(frame, 0, 0, GRID.width, GRID.height);
  const pixels = smallContext?.getImageData(0, 0, GRID.width, GRID.height).data;
  const look = lookAt(pixels ?? new Uint8ClampedArray(), before, GRID);
  before = pixels;
  const blob = await frame.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return { jpeg: await blob.arrayBuffer(), takenMs, look };
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
