import { reasonWords } from '../words/event-words.pure.js';

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

/** Of fewer, "95 of 100" would say no more than the slowest of them. */
const FEWEST_FOR_SHARE = 20;

/** What stands below the median of so many entries: within what time most were, where they are enough to say so. */
export function entriesWords({
  count,
  p95,
}: {
  readonly count: number;
  readonly p95: number | null;
}): string {
  const entries = count === 1 ? '1 entry' : `${count.toLocaleString()} entries`;
  if (count < 2) return entries;
  return p95 === null || count < FEWEST_FOR_SHARE
    ? `the middle of ${entries}; too few to say more`
    : `95 of 100 within ${durationWords(p95)}; ${entries}`;
}

const endings: Readonly<Record<string, string>> = {
  granted: 'Entered',
  denied: 'Denied',
  expired: 'Time ran out',
  abandoned: 'Went away',
};

const stages: Readonly<Record<string, string>> = {
  identifying: 'before a face was recognised',
  'awaiting-code': 'no code was shown',
  'checking-code': 'while the code was checked',
};

/** How attempts ended, and why or at which stage: `Time ran out: no code was shown`. */
export function endingWords(outcome: string, reason: string): string {
  const why = reason ? `: ${stages[reason] ?? reasonWords(reason)}` : '';
  return `${endings[outcome] ?? outcome}${why}`;
}

/** How many attempts ended so, and why. */
export interface Outcome {
  readonly outcome: string;
  readonly reason: string;
  readonly count: number;
}

/** So many reasons are named; the rest is one number. */
const REASONS_NAMED = 3;

/** Why doors stayed shut, the most frequent reason first: `not recognised: 3, suspended: 1`. */
export function denialsWords(outcomes: readonly Outcome[]): string {
  const denials = outcomes
    .filter(({ outcome }) => outcome === 'denied')
    .toSorted((one, other) => other.count - one.count);
  if (denials.length === 0) return 'nobody was turned away';
  const named = denials.slice(0, REASONS_NAMED);
  const others = denials.slice(REASONS_NAMED).reduce((sum, { count }) => sum + count, 0);
  const words = named.map(
    ({ reason, count }) => `${reasonWords(reason)}: ${count.toLocaleString()}`,
  );
  return [...words, ...(others > 0 ? [`others: ${others.toLocaleString()}`] : [])].join(', ');
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

/** What is counted, and by which clocks. */
export interface Counted {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly hours: readonly DoorHour[];
}

/**
 * A bar for every hour between the two, empty ones too; for every day of the site where they would be too many: a day on which
 * its clocks are changed has 23 hours or 25.
 */
export function barsOf({ from, to, timeZone, hours }: Counted): Bar[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const isDays = (end - start) / HOUR_MS > MOST_BARS;
  const day = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  const nameOf = (at: number) =>
    isDays ? day.format(at) : String(Math.floor((at - start) / HOUR_MS));
  const bars = new Map<string, { at: number; granted: number; denied: number }>();
  for (let at = start; at < end; at += HOUR_MS) {
    if (!bars.has(nameOf(at))) bars.set(nameOf(at), { at, granted: 0, denied: 0 });
  }
  for (const { at, granted, denied } of hours) {
    const bar = bars.get(nameOf(Date.parse(at)));
    if (!bar) continue;
    bar.granted += granted;
    bar.denied += denied;
  }
  return [...bars.values()];
}

/** Whether each bar stands for a day, not for an hour. */
export function areDays([first, second]: readonly Bar[]): boolean {
  return (second?.at ?? 0) - (first?.at ?? 0) > HOUR_MS;
}

/** What is counted at one door. */
export interface DoorBars {
  readonly door: string;
  readonly granted: number;
  readonly denied: number;
  readonly bars: readonly Bar[];
}

/** Each door at which something was counted, with its own bars over the same time; the busiest first. */
export function barsByDoor(counted: Counted): DoorBars[] {
  const byDoor = new Map<string, DoorHour[]>();
  for (const hour of counted.hours) byDoor.set(hour.door, [...(byDoor.get(hour.door) ?? []), hour]);
  const sum = (hours: readonly DoorHour[], what: 'granted' | 'denied') =>
    hours.reduce((total, hour) => total + hour[what], 0);
  return [...byDoor]
    .map(([door, hours]) => ({
      door,
      granted: sum(hours, 'granted'),
      denied: sum(hours, 'denied'),
      bars: barsOf({ ...counted, hours }),
    }))
    .filter(({ granted, denied }) => granted + denied > 0)
    .toSorted((one, other) => other.granted + other.denied - one.granted - one.denied);
}

/** How many entries took between so many seconds and one more. */
export interface TimeBar {
  readonly seconds: number;
  readonly count: number;
  /** Of all entries, as many took no longer, from 0 to 1. */
  readonly share: number;
}

/** A bar for every second up to the slowest entry, empty ones too. */
export function timeBars(counted: readonly Pick<TimeBar, 'seconds' | 'count'>[]): TimeBar[] {
  const counts = new Map(counted.map(({ seconds, count }) => [seconds, count]));
  const all = counted.reduce((sum, { count }) => sum + count, 0);
  const slowest = Math.max(-1, ...counts.keys());
  let before = 0;
  return Array.from({ length: slowest + 1 }, (_, seconds) => {
    const count = counts.get(seconds) ?? 0;
    before += count;
    return { seconds, count, share: before / all };
  });
}
