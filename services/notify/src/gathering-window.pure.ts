import { doorId, epochMs, objectKey, personId } from '@latchkey/contracts';
import { z } from 'zod';

/** What is gathered: strangers at a door, or alarms of one kind at one door that name the same person, or nobody. */
export interface Gathered {
  readonly door: string;
  readonly reason: GatheredReason;
  readonly person: string | null;
}

const gatheredReason = z.enum(['unknown', 'not-live', 'mismatch', 'wrong-code']);
export type GatheredReason = z.infer<typeof gatheredReason>;

const happening = z.object({
  /** The id of its event. */
  event: z.string(),
  correlationId: z.string(),
  evidence: objectKey.nullable(),
  at: epochMs,
});

/** A stranger who was turned away, or an alarm. */
export type Happening = z.infer<typeof happening>;

/** The minutes after a first one, which was mailed at once: a value of the bucket `gathering`. */
export const gatheringWindow = z.object({
  until: epochMs,
  /** How many more came, and were not mailed yet. */
  further: z.int().min(0),
  last: happening.nullable(),
  /** The latest that were counted, in this window and those before, so that one that comes again counts once. */
  seen: z.array(z.object({ event: z.string(), at: epochMs, isFirst: z.boolean() })).default([]),
});
export type GatheringWindow = z.infer<typeof gatheringWindow>;

/** What one more means: a mail now, one more to be counted, nothing new, or that those gathered before must be mailed first. */
export type GatheringStep =
  | { readonly kind: 'first'; readonly window: GatheringWindow }
  | { readonly kind: 'further'; readonly window: GatheringWindow }
  | { readonly kind: 'seen-first' }
  | { readonly kind: 'seen-further' }
  | { readonly kind: 'close-before' };

/**
 * A consumer that is made anew reads again what happened for hours. A door denies one person in some seconds, so that many
 * reach back over a crowd; what is older than all of them was told of long ago.
 */
const SEEN_KEPT = 256;

/** Takes one more into account. @param gatherMs how long after a first one others are gathered */
export function countOne(
  window: GatheringWindow | null,
  one: Happening,
  gatherMs: number,
): GatheringStep {
  const known = seenBefore(window?.seen ?? [], one);
  if (known) return { kind: known };
  if (window && one.at < window.until) {
    const last = window.last && window.last.at > one.at ? window.last : one;
    const further = window.further + 1;
    return {
      kind: 'further',
      window: { ...window, further, last, seen: remember(window, one, false) },
    };
  }
  if (window && window.further > 0) return { kind: 'close-before' };
  const opened = { until: one.at + gatherMs, further: 0, last: null };
  return { kind: 'first', window: { ...opened, seen: remember(window, one, true) } };
}

function seenBefore(
  seen: GatheringWindow['seen'],
  { event, at }: Happening,
): 'seen-first' | 'seen-further' | null {
  const same = seen.find((other) => other.event === event);
  if (same) return same.isFirst ? 'seen-first' : 'seen-further';
  const isLongPast = seen.length >= SEEN_KEPT && seen.every((other) => other.at > at);
  return isLongPast ? 'seen-further' : null;
}

function remember(
  window: GatheringWindow | null,
  { event, at }: Happening,
  isFirst: boolean,
): GatheringWindow['seen'] {
  const seen = [...(window?.seen ?? []), { event, at, isFirst }];
  return seen.toSorted((one, other) => one.at - other.at).slice(-SEEN_KEPT);
}

/** The window once those gathered in it were mailed. */
export function closed(window: GatheringWindow): GatheringWindow {
  return { ...window, further: 0, last: null };
}

/** Whether those gathered in a window are to be mailed now. */
export function isDue(window: GatheringWindow, nowMs: number): boolean {
  return window.further > 0 && window.until <= nowMs;
}

/** The key of a window: `<door>.<reason>` or, where it names somebody, `<door>.<reason>.<person>`. */
export function keyOf({ door, reason, person }: Gathered): string {
  return person === null ? `${door}.${reason}` : `${door}.${reason}.${person}`;
}

const key = z.tuple([doorId, gatheredReason], personId);

/** What a window's key says; `null`: it is none. */
export function gatheredBy(text: string): Gathered | null {
  const parsed = key.safeParse(text.split('.'));
  if (!parsed.success) return null;
  const [door, reason, person = null] = parsed.data;
  return { door, reason, person };
}
