/** What is counted is kept by quarters of an hour: every zone's clocks differ from UTC by whole ones. */
export const QUARTER_MS = 15 * 60 * 1_000;
const HOUR_MS = 4 * QUARTER_MS;

/** A stretch of time in which nobody changes the site's clocks. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** How far the site's clocks are ahead of UTC, in ms; below 0: behind. */
  readonly aheadMs: number;
}

/** The clocks of a site. */
export class SiteClock {
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;

  /** @param timeZone an IANA name. @throws RangeError where there is no such zone */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** Where the hour begins in which a moment lies, both in ms since 1970. */
  hourOf(ms: number): number {
    const aheadMs = this.#aheadMs(ms);
    return Math.floor((ms + aheadMs) / HOUR_MS) * HOUR_MS - aheadMs;
  }

  /** Where the first hour begins that is not before a moment. */
  hourFrom(ms: number): number {
    const begun = this.hourOf(ms);
    return begun === ms ? ms : this.hourOf(begun + HOUR_MS);
  }

  /** A time, both ends at whole quarters, parted where the clocks are changed. */
  stretches(fromMs: number, toMs: number): Stretch[] {
    const found: Stretch[] = [];
    let begunMs = fromMs;
    let aheadMs = this.#aheadMs(fromMs);
    for (let at = fromMs; at < toMs; at += HOUR_MS) {
      const nextMs = Math.min(at + HOUR_MS, toMs);
      if (this.#aheadMs(nextMs) === aheadMs) continue;
      const changeMs = this.#changeWithin(at, nextMs, aheadMs);
      found.push({ fromMs: begunMs, toMs: changeMs, aheadMs });
      begunMs = changeMs;
      aheadMs = this.#aheadMs(changeMs);
    }
    if (begunMs < toMs) found.push({ fromMs: begunMs, toMs, aheadMs });
    return found;
  }

  #changeWithin(fromMs: number, toMs: number, aheadMs: number): number {
    let at = fromMs;
    while (at < toMs && this.#aheadMs(at) === aheadMs) at += QUARTER_MS;
    return at;
  }

  #aheadMs(ms: number): number {
    const parts = this.#format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]);
    const {
      year = 0,
      month = 1,
      day,
      hour,
      minute,
    } = Object.fromEntries(parts) as Record<string, number>;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / 60_000) * 60_000;
  }
}
