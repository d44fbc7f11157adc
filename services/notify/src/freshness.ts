import type { Bus, MessageContext, Report } from '@latchkey/runtime';

const HOUR_MS = 60 * 60_000;

/**
 * Tells news from history. A stream keeps 90 days, and a consumer that is made anew, such as after its loss, reads all of
 * it: nobody is to be mailed what happened long ago. Codes are no news: their jobs wait until they are settled.
 */
export class Freshness {
  readonly #facts: { readonly bus: Bus; readonly report: Report; readonly maxAgeH: number };

  constructor(facts: { bus: Bus; report: Report; maxAgeH: number }) {
    this.#facts = facts;
  }

  /** Whether an event is too old to tell of; it is counted as `news.stale` then, and done with. */
  isStale({ storedAtMs, correlationId, subject }: MessageContext): boolean {
    const { bus, report, maxAgeH } = this.#facts;
    if (bus.nowMs() - storedAtMs <= maxAgeH * HOUR_MS) return false;
    report('news.stale', { subject }, { correlationId, level: 'debug' });
    return true;
  }
}
