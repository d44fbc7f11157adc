import { toBuffer } from 'qrcode';

/** The quiet zone that ISO/IEC 18004 asks for, in modules. */
const QUIET_ZONE_MODULES = 4;
/** 26 letters make 25 or 29 modules a side: with the quiet zone 396 or 444 px. Whole pixels keep the edges sharp. */
const PIXELS_PER_MODULE = 12;

/** The picture of a code, black on white, as PNG: error correction M, so that 15 % may be hidden. */
export function drawCode(text: string): Promise<Uint8Array> {
  return toBuffer(text, {
    type: 'png',
    errorCorrectionLevel: 'M',
    margin: QUIET_ZONE_MODULES,
    scale: PIXELS_PER_MODULE,
  });
}
