import qrcode from 'qrcode';
import sharp from 'sharp';
import { FRAME_HEIGHT, FRAME_WIDTH } from './variation.pure.js';

/** How a code is held before the camera. All default to "well". */
export interface QrLook {
  /** Turn in the picture's plane, degrees. */
  readonly tilt?: number;
  /** A screen in the dark: little light, little contrast, some blur. */
  readonly dim?: boolean;
  /** Held far away: 80 px wide instead of 260. */
  readonly small?: boolean;
  /** As a selfie camera shows it. */
  readonly mirrored?: boolean;
  /** Light on dark, as a screen in dark mode shows it. */
  readonly inverted?: boolean;
}

/**
 * A phone that shows a QR code to a camera.
 * @returns a JPEG of 640 × 480 px, the same bytes on every call
 */
export async function qrPicture(text: string, look: QrLook = {}): Promise<Buffer> {
  const width = look.small ? 80 : 260;
  const code = await qrcode.toBuffer(text, { errorCorrectionLevel: 'M', margin: 4, width });
  const paper = look.inverted ? '#000' : '#fff';
  const held = sharp(code)
    .negate(look.inverted ? { alpha: false } : false)
    .extend({ top: 20, bottom: 20, left: 20, right: 20, background: paper });
  if (look.mirrored) held.flop();
  // Each step is rendered by itself: sharp would else reorder turn and extension.
  const turned = sharp(await held.png().toBuffer()).rotate(look.tilt ?? 0, {
    background: '#59626b',
  });
  const frame = sharp({
    create: { width: FRAME_WIDTH, height: FRAME_HEIGHT, channels: 3, background: '#59626b' },
  });
  const shown = sharp(
    await frame
      .composite([{ input: await turned.png().toBuffer() }])
      .png()
      .toBuffer(),
  );
  if (look.dim) shown.linear(0.16, 22).blur(look.small ? 0.5 : 1.2);
  return shown.jpeg({ quality: 88 }).toBuffer();
}
