import sharp from 'sharp';
import type { Picture } from './picture.js';

/**
 * The picture as a JPEG.
 * @param quality 1..100
 * @param maxSidePx a larger picture is made smaller until its longest side has so many pixels
 */
export function encodeJpeg(
  picture: Picture,
  quality = 90,
  maxSidePx = Number.POSITIVE_INFINITY,
): Promise<Buffer> {
  const { width, height, data } = picture;
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  const isLarger = Math.max(width, height) > maxSidePx;
  const shown = isLarger ? image.resize(maxSidePx, maxSidePx, { fit: 'inside' }) : image;
  return shown.jpeg({ quality }).toBuffer();
}
