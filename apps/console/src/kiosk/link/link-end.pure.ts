/** Why the connection ended, as the page tells it apart; see the close codes in docs/KIOSK.md. */
export type LinkEnd =
  | 'offline'
  | 'service'
  | 'broker'
  | 'revoked'
  | 'being-set-up'
  | 'replaced'
  | 'crowded'
  | 'taken';

const byCode: Readonly<Record<number, LinkEnd>> = {
  4400: 'taken',
  4401: 'revoked',
  4409: 'replaced',
  4429: 'crowded',
  4503: 'broker',
};

/** These say nothing of the token: a kiosk that was parted from its door still is. */
const UNJUDGED: readonly LinkEnd[] = ['offline', 'service', 'broker'];

/** How often a door is asked again that said no, and that only a person can change. */
const REFUSED_RETRY_MS = 15_000;
/** A void token stays void, but for a door that is not known yet where capture has lost its memory. */
const REVOKED_RETRY_MS = 60_000;
/** So many refusals in a row of what was paired just now are doubted, which takes about two minutes. */
const DOUBTED_REFUSALS = 15;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;

/** What a refusal means to a kiosk. */
interface Standing {
  readonly isOnline: boolean;
  /** It was paired just now, and has not been welcome yet. */
  readonly isNew: boolean;
  /** How many tries have failed in a row, from 1. */
  readonly failures: number;
}

/**
 * @param code the WebSocket's close code
 * @param before why the try before ended; null where that one was welcome, or there was none
 */
export function afterClose(
  code: number,
  { isOnline, isNew, failures }: Standing,
  before: LinkEnd | null,
): LinkEnd {
  const end = byCode[code] ?? (isOnline ? 'service' : 'offline');
  if (end === 'revoked' && isNew && failures <= DOUBTED_REFUSALS) return 'being-set-up';
  return before === 'revoked' && UNJUDGED.includes(end) ? before : end;
}

/**
 * How long to wait before the next try; null: not by itself, or two windows would take the place from each other for ever.
 * @param failures how many tries have failed in a row, from 1
 * @param chance 0..1: so that a hundred kiosks do not come back in the same instant
 */
export function retryAfterMs(end: LinkEnd, failures: number, chance: number): number | null {
  if (end === 'replaced') return null;
  if (end === 'revoked') return REVOKED_RETRY_MS;
  if (end === 'crowded' || end === 'taken') return REFUSED_RETRY_MS;
  const steady = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10));
  return steady * (0.7 + 0.6 * chance);
}
