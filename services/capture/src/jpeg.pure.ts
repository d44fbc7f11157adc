/** Where a JPEG ends in its bytes, and how large its picture is. */
export interface JpegFacts {
  readonly widthPx: number;
  readonly heightPx: number;
  /** How often it goes over the picture: once, or some ten times where it is progressive. */
  readonly scans: number;
  /** Offset after its last byte. */
  readonly end: number;
}

/** `incomplete`: so far it is a JPEG, but its end is missing; `invalid`: this is none. */
export type JpegFault = 'incomplete' | 'invalid';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** Start-of-frame markers; C4, C8 and CC between them are tables (ITU-T T.81, table B.1). */
const isSof = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Within coded data, FF00 is a stuffed byte and FFD0–FFD7 are restart markers. */
const isInScan = (marker: number) => marker === 0 || (marker >= 0xd0 && marker <= 0xd7);

/**
 * Walks the markers of the JPEG that begins at `start` (ITU-T T.81, annex B), without decoding it: start, frame header,
 * at least one scan, end. A thumbnail inside a segment is stepped over with its segment.
 */
export function parseJpeg(bytes: Uint8Array, start = 0): JpegFacts | JpegFault {
  if (bytes.length < start + 2) return 'incomplete';
  if (bytes[start] !== 0xff || bytes[start + 1] !== SOI) return 'invalid';
  let size: { widthPx: number; heightPx: number } | undefined;
  let scans = 0;
  let at = start + 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return 'invalid';
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (marker === EOI) return size && scans > 0 ? { ...size, scans, end: at + 2 } : 'invalid';
    else {
      const length = wordAt(bytes, at + 2);
      if (length === undefined) return 'incomplete';
      if (marker < 0xc0 || marker === SOI || isInScan(marker) || length < 2) return 'invalid';
      if (isSof(marker)) {
        size = frameSize(bytes, at);
        if (!size) return at + 9 > bytes.length ? 'incomplete' : 'invalid';
      }
      at += 2 + length;
      if (marker === SOS) {
        scans += 1;
        at = endOfScan(bytes, at);
      }
    }
  }
  return 'incomplete';
}

/** Whether the bytes are one whole JPEG; what follows its end (some cameras pad) doesn't matter. */
export function jpegFacts(bytes: Uint8Array): JpegFacts | undefined {
  const facts = parseJpeg(bytes);
  return typeof facts === 'string' ? undefined : facts;
}

function frameSize(bytes: Uint8Array, at: number) {
  const heightPx = wordAt(bytes, at + 5);
  const widthPx = wordAt(bytes, at + 7);
  return heightPx && widthPx ? { widthPx, heightPx } : undefined;
}

function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length && isInScan(bytes[at + 1] as number)) {
    at = bytes.indexOf(0xff, at + 2);
  }
  return at < 0 ? bytes.length : at;
}

function wordAt(bytes: Uint8Array, at: number): number | undefined {
  const [high, low] = [bytes[at], bytes[at + 1]];
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}
