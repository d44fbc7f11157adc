import { type CodeReader, decodeGrey } from '@latchkey/vision';
import { median } from './evaluate-gallery.pure.js';
import { findPictures, progress, readPicture } from './evaluate-input.js';

export interface CodesReport {
  /** Pictures in which a code was read. */
  readonly decoded: number;
  readonly images: number;
  /** Median milliseconds that reading took, decoding the picture left out. */
  readonly msMedian: number | null;
}

/** `evaluate codes`: in how many pictures a QR code is read. Reports no code's text. */
export async function evaluateCodes(
  reader: CodeReader,
  options: { readonly images: string; readonly budgetMs: number },
): Promise<CodesReport> {
  const pictures = await findPictures(options.images);
  const step = progress('pictures', pictures.length);
  const tookMs: number[] = [];
  let decoded = 0;
  for (const path of pictures) {
    const picture = await readPicture(path, (bytes) => decodeGrey(bytes));
    if (picture) {
      const startedMs = performance.now();
      const codes = await reader.read(picture, { budgetMs: options.budgetMs });
      tookMs.push(performance.now() - startedMs);
      if (codes.length > 0) decoded += 1;
    }
    step();
  }
  return { decoded, images: pictures.length, msMedian: median(tookMs) };
}
