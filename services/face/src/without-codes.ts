import { blurQrRegions, type CodeReader, type Picture, toGrey } from '@latchkey/vision';

/** Time for further tries to read a code which the first does not find. */
const READ_BUDGET_MS = 15;

/** A picture with every code in it blurred: as it may be kept, mailed, or shown to an operator. */
export async function withoutCodes(reader: CodeReader, picture: Picture): Promise<Picture> {
  const grey = toGrey(picture);
  const seen = await reader.locate(grey);
  const read = await reader.read(grey, { budgetMs: READ_BUDGET_MS, maxCodes: 8 });
  return blurQrRegions(picture, [...seen, ...read.map(({ box }) => box)]);
}
