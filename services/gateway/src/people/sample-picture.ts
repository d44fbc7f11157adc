import { FRAME_MAX_BYTES } from '@latchkey/contracts';
import { Failure } from '@latchkey/runtime';
import sharp, { type OutputInfo } from 'sharp';

/** The largest picture that is taken. */
export const SAMPLE_MAX_BYTES = 15 * 1024 * 1024;
/** The longest side of what is judged; faces are found in 320 px, so more is of no use. */
const MAX_SIDE_PX = 1280;
/** Against pictures that are small as files and huge in memory. */
const MAX_PIXELS = 50_000_000;
/** A JPEG of thousands of scans is small, and all its pixels are gone over with each; a film behind it may look like some. */
const MOST_SCANS = 1_000;
const SCAN = Buffer.from([0xff, 0xda]);
/** What a camera or phone makes. SVG and PDF, which can refer elsewhere, are no photographs. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif', 'tiff', 'gif', 'jp2', 'jxl']);
const QUALITIES = [92, 80, 60];

/**
 * A sample as the face service takes it: upright by its EXIF, at most 1280 px a side, a JPEG of at most 900 KiB without
 * any of the file's other data (such as where it was taken).
 * @throws Failure LK-IMG-001, terminal, where it is no picture that can be read.
 */
export async function normaliseSample(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const { format } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
    if (!FORMATS.has(format)) throw new Error(`${format} is no photograph`);
    if (countScans(bytes) > MOST_SCANS) throw new Error(`more than ${MOST_SCANS} scans`);
    const upright = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: MAX_SIDE_PX, height: MAX_SIDE_PX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return await encode(upright.data, upright.info);
  } catch (cause) {
    throw Failure.terminal('LK-IMG-001', undefined, { cause });
  }
}

/** How often scans may begin in it; within one, no byte 0xff is followed by such a one. */
function countScans(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf(SCAN); at >= 0; at = buffer.indexOf(SCAN, at + 2)) count += 1;
  return count;
}

async function encode(data: Buffer, info: OutputInfo): Promise<Uint8Array> {
  const { width, height, channels } = info;
  const raw = { width, height, channels };
  for (const quality of QUALITIES) {
    const jpeg = await sharp(data, { raw }).jpeg({ quality }).toBuffer();
    if (jpeg.length <= FRAME_MAX_BYTES) return jpeg;
  }
  throw new Error(`still over ${FRAME_MAX_BYTES} bytes at the lowest quality`);
}
