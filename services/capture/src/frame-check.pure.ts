import {
  type ErrorCode,
  errorCodes,
  FRAME_MAX_BYTES,
  FRAME_MAX_SIDE_PX,
} from '@latchkey/contracts';
import { jpegFacts } from './jpeg.pure.js';

/** A progressive JPEG has some ten. Each of thousands takes a few bytes and has all pixels gone over once more. */
const MOST_SCANS = 100;

/** A frame that may go on the bus, or why it may not. */
export type FrameCheck =
  | { readonly ok: true; readonly widthPx: number; readonly heightPx: number }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** Checks that the bytes are one whole JPEG of at most 900 KiB, 4096 px a side and 100 scans, without decoding it. */
export function checkFrame(bytes: Uint8Array): FrameCheck {
  if (bytes.length > FRAME_MAX_BYTES) {
    return refusal('LK-IMG-002', `expected at most ${FRAME_MAX_BYTES} bytes, got ${bytes.length}`);
  }
  const facts = jpegFacts(bytes);
  if (!facts) return refusal('LK-IMG-001', 'expected a whole JPEG');
  const { widthPx, heightPx, scans } = facts;
  if (scans > MOST_SCANS) {
    return refusal('LK-IMG-001', `expected at most ${MOST_SCANS} scans, got ${scans}`);
  }
  if (Math.max(widthPx, heightPx) > FRAME_MAX_SIDE_PX) {
    return refusal(
      'LK-IMG-002',
      `expected at most ${FRAME_MAX_SIDE_PX} px a side, got ${widthPx} x ${heightPx}`,
    );
  }
  return { ok: true, widthPx, heightPx };
}

function refusal(code: ErrorCode, detail: string): FrameCheck {
  const { title, action } = errorCodes[code];
  return { ok: false, code, message: `${title} ${detail}. ${action}` };
}
