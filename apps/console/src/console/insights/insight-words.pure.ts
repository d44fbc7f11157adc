const HOUR_MS = 60 * 60 * 1_000;

/** From the beginning of the hour so many hours ago until the end of this one, as ISO 8601. `now`: ms since 1970. */
export function hoursBack(
  hours: number,
  now: number,
): { readonly from: string; readonly to: string } {
  const end = Math.ceil((now + 1) / HOUR_MS) * HOUR_MS;
  return { from: new Date(end - hours * HOUR_MS).toISOString(), to: new Date(end).toISOString() };
}

/** A time that it took: `4.2 s`; null: there is none. */
export function durationWords(ms: number | null): string {
  return ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`;
}

/** What is counted at one door in one hour. */
export interface DoorHour {
  readonly at: string;
  readonly door: string;
  readonly granted: number;
  readonly denied: number;
}

/** What is counted in one stretch of time at all doors. */
export interface Bar {
  /** The stretch's beginning, in ms since 1970. */
  readonly at: number;
  readonly granted: number;
  readonly denied: number;
}

/** More bars than these are no chart that one can read: then each stands for a day. */
const MOST_BARS = 48;

/** A bar for every hour between the two, empty ones too; for every 24 hours where they would be too many. */
export function perHour(hours: readonly DoorHour[], from: string, to: string): Bar[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const inHours = (end - start) / HOUR_MS;
  const width = inHours > MOST_BARS ? 24 * HOUR_MS : HOUR_MS;
  const bars = Array.from({ length: Math.ceil((end - start) / width) }, (_, index) => ({
    at: start + index * width,
    granted: 0,
    denied: 0,
  }));
  for (const { at, granted, denied } of hours) {
    const bar = bars[Math.floor((Date.parse(at) - start) / width)];
    if (!bar) continue;
    bar.granted += granted;
    bar.denied += denied;
  }
  return bars;
}
