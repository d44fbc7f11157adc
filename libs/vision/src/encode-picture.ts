import sharp from 'sharp';
import type { Picture } from './picture.js';

/** The picture as a JPEG. @param quality 1..100 */
export function encodeJpeg(picture: Picture, quality = 90): Promise<Buffer> {
  const { width, height, data } = picture;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}
