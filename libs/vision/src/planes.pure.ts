import type { Picture } from './picture.js';

/** How a model wants its picture: order of the planes, then `(v − subtract) / divide`. */
export interface PlaneLayout {
  readonly order: 'rgb' | 'bgr' | 'grey';
  readonly subtract: readonly [number, number, number];
  readonly divide: readonly [number, number, number];
}

/** The same offset and scale for every channel. */
export function layout(order: PlaneLayout['order'], subtract: number, divide: number): PlaneLayout {
  return { order, subtract: [subtract, subtract, subtract], divide: [divide, divide, divide] };
}

/** Writes a picture as one plane a channel (or one grey plane) into a model's input. */
export function writePlanes(picture: Picture, how: PlaneLayout, into: Float32Array): void {
  const { data } = picture;
  const size = picture.width * picture.height;
  if (how.order === 'grey') {
    for (let i = 0, p = 0; i < size; i++, p += 3) {
      into[i] = (luma(data, p) - how.subtract[0]) / how.divide[0];
    }
    return;
  }
  for (let plane = 0; plane < 3; plane++) {
    const channel = how.order === 'rgb' ? plane : 2 - plane;
    const subtract = how.subtract[plane] as number;
    const scale = 1 / (how.divide[plane] as number);
    const start = plane * size;
    for (let i = 0, p = channel; i < size; i++, p += 3)
      into[start + i] = ((data[p] as number) - subtract) * scale;
  }
}

/** Brightness of the RGB pixel at `data[p]`, 0–255, by ITU-R BT.601. */
export function luma(data: Uint8Array, p: number): number {
  return (
    0.299 * (data[p] as number) + 0.587 * (data[p + 1] as number) + 0.114 * (data[p + 2] as number)
  );
}
