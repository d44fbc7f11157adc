import { epochMs, objectKey } from '@latchkey/contracts';
import { z } from 'zod';

const stranger = z.object({
  /** The id of the denial's event. */
  event: z.string(),
  correlationId: z.string(),
  evidence: objectKey.nullable(),
  at: epochMs,
});

/** A stranger who was turned away at a door. */
export type Stranger = z.infer<typeof stranger>;

/** The minutes after a first stranger at a door, who was mailed at once: a value of the bucket `gathering`, by door. */
export const strangerWindow = z.object({
  /** The event of the first. */
  first: z.string(),
  until: epochMs,
  /** How many more came, and were not mailed yet. */
  further: z.int().min(0),
  last: stranger.nullable(),
  /** The latest events that were counted, so that one that comes twice counts once. */
  counted: z.array(z.string()),
});
export type StrangerWindow = z.infer<typeof strangerWindow>;

/** What a stranger means: a mail now, one more to be counted, nothing new, or that those gathered before must be mailed first. */
export type StrangerStep =
  | { readonly kind: 'first'; readonly window: StrangerWindow }
  | { readonly kind: 'further'; readonly window: StrangerWindow }
  | { readonly kind: 'seen-first' }
  | { readonly kind: 'seen-further' }
  | { readonly kind: 'close-before' };

/** A door denies one stranger in some seconds, and an event comes again within moments: 32 reach back far enough. */
const COUNTED_KEPT = 32;

/** Takes one stranger at a door into account. @param gatherMs how long after a first one others are gathered */
export function countStranger(
  window: StrangerWindow | null,
  one: Stranger,
  gatherMs: number,
): StrangerStep {
  if (window?.first === one.event) return { kind: 'seen-first' };
  if (window?.counted.includes(one.event)) return { kind: 'seen-further' };
  if (window && one.at < window.until) {
    const counted = [...window.counted, one.event].slice(-COUNTED_KEPT);
    const last = window.last && window.last.at > one.at ? window.last : one;
    return { kind: 'further', window: { ...window, further: window.further + 1, last, counted } };
  }
  if (window && window.further > 0) return { kind: 'close-before' };
  const opened = {
    first: one.event,
    until: one.at + gatherMs,
    further: 0,
    last: null,
    counted: [],
  };
  return { kind: 'first', window: opened };
}

/** The window once those gathered in it were mailed. */
export function closed(window: StrangerWindow): StrangerWindow {
  return { ...window, further: 0, last: null };
}

/** Whether a window's gathered strangers are to be mailed now. */
export function isDue(window: StrangerWindow, nowMs: number): boolean {
  return window.further > 0 && window.until <= nowMs;
}
