import sharp, { type Sharp } from 'sharp';
import type { GreyPicture, Picture } from './picture.js';
import { VisionError } from './vision-error.js';

// More threads than one a picture only wait for each other: workers are scaled, not threads.
sharp.concurrency(1);
// A frame is seen once: caching it costs memory and saves nothing.
sharp.cache(false);

export interface DecodeLimits {
  /** Longest side in pixels; a larger picture is refused before its pixels are decoded. Default 8192. */
  readonly maxSidePx?: number;
}

/**
 * Decodes a picture of any format that sharp reads (JPEG, PNG, WebP, AVIF, GIF, TIFF) to RGB, turned upright by
 * its EXIF orientation; transparent parts become black.
 * @throws VisionError LK-VISION-001 if it is no picture or a broken one, LK-VISION-002 if it is too large
 */
export async function decodePicture(
  bytes: Uint8Array,
  limits: DecodeLimits = {},
): Promise<Picture> {
  const { data, info } = await pixels(bytes, limits, (image) =>
    image.flatten({ background: '#000' }).toColourspace('srgb'),
  );
  if (info.channels === 3) return { width: info.width, height: info.height, data };
  return { width: info.width, height: info.height, data: spread(data, info.channels) };
}

/**
 * Decodes a picture to grey, as the code reader wants it; otherwise like {@link decodePicture}.
 * @throws VisionError LK-VISION-001, LK-VISION-002
 */
export async function decodeGrey(
  bytes: Uint8Array,
  limits: DecodeLimits = {},
): Promise<GreyPicture> {
  const { data, info } = await pixels(bytes, limits, (image) =>
    // White, since codes are often drawn on a transparent ground that is meant to be paper.
    image.flatten({ background: '#fff' }).toColourspace('b-w'),
  );
  return { width: info.width, height: info.height, data };
}

async function pixels(bytes: Uint8Array, limits: DecodeLimits, prepare: (image: Sharp) => Sharp) {
  const maxSidePx = limits.maxSidePx ?? 8192;
  try {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: maxSidePx * maxSidePx });
    const { width, height } = await image.metadata();
    if (width > maxSidePx || height > maxSidePx) {
      throw new VisionError(
        'LK-VISION-002',
        `${width}×${height} px, where a side may have ${maxSidePx} px`,
      );
    }
    const { data, info } = await prepare(image.autoOrient())
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Not as a Buffer: its slice() shares memory, where every other Uint8Array's copies.
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), info };
  } catch (cause) {
    if (cause instanceof VisionError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    if (/pixel limit/i.test(detail)) throw new VisionError('LK-VISION-002', detail, { cause });
    throw new VisionError('LK-VISION-001', detail, { cause });
  }
}

function spread(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) rgb.fill(data[i * channels] ?? 0, i * 3, i * 3 + 3);
  return rgb;
}
