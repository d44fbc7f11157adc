import { type Box, type CodesObserved, type ShownCode, shownCode } from '@latchkey/contracts';
import { seal, newestKey, type Held } from '@latchkey/runtime';
import type { ReadCode } from '@latchkey/vision';
import { tagShowing } from './showing-tag.pure.js';

/** Our codes begin so; all others are foreign. */
const LATCHKEY_PREFIX = 'LK1.';
const MAX_TEXT_LENGTH = 512;
const MAX_CODES = 8;

/** The keys that showings are told with. */
export interface ShowingKeys {
  /** The registry's public curve key. */
  readonly registryKey: Held<string>;
  readonly tagKey: Held<Uint8Array>;
}

type Showing = CodesObserved['codes'][number];

/**
 * The codes of a frame as they are told on the bus: ours sealed, with where and when they were shown, so that nothing
 * can be replayed elsewhere; of others only that they are there.
 */
export function describeCodes(
  codes: readonly ReadCode[],
  where: Omit<ShownCode, 'text'>,
  keys: ShowingKeys,
): Showing[] {
  return codes.slice(0, MAX_CODES).map((code) => describeCode(code, where, keys));
}

function describeCode(
  { text, box }: ReadCode,
  where: Omit<ShownCode, 'text'>,
  { registryKey, tagKey }: ShowingKeys,
): Showing {
  const place = visibleBox(box);
  if (!text.startsWith(LATCHKEY_PREFIX) || text.length > MAX_TEXT_LENGTH) {
    return { kind: 'foreign', box: place };
  }
  return {
    kind: 'latchkey',
    sealed: seal(registryKey, JSON.stringify(shownCode.parse({ ...where, text }))),
    tag: tagShowing(newestKey(tagKey), where.door, text),
    box: place,
  };
}

/** In whole pixels, and never without a width or a height. */
function visibleBox({ x, y, width, height }: Box): Box {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
  };
}
