import type { Outcome } from './occurrence.pure.js';
import type { ReadModel } from './read-model.js';
import { QUARTER_MS, type SiteClock, type Stretch } from './site-hours.pure.js';

/** Which time, in ms since 1970, both ends at whole hours of the site; and at which door. */
export interface InsightQuery {
  readonly fromMs: number;
  readonly toMs: number;
  readonly clock: SiteClock;
  readonly door?: string | undefined;
}

/** What is counted of those hours. */
export interface Insights {
  readonly hours: readonly {
    /** Where the hour begins, in ms since 1970. */
    readonly atMs: number;
    readonly door: string;
    readonly granted: number;
    readonly denied: number;
  }[];
  readonly outcomes: readonly {
    readonly outcome: Outcome;
    readonly reason: string;
    readonly count: number;
  }[];
  /** From an attempt's start to its grant, by the nearest rank; null where nothing was granted. */
  readonly timeToOpenMs: {
    readonly count: number;
    readonly median: number | null;
    readonly p95: number | null;
    /** How many took so many whole seconds, the fastest first. */
    readonly seconds: readonly { readonly seconds: number; readonly count: number }[];
  };
}

const QUARTERS_AN_HOUR = 4;

/** Entries by hour and door, ends of attempts by reason, and how long entries took. It costs what the hours hold. */
export function findInsights(model: ReadModel, query: InsightQuery): Insights {
  const { fromMs, toMs, clock, door } = query;
  const outcomes = model.all(
    `SELECT outcome, reason, sum(count) AS count FROM quarters WHERE quarter >= ? AND quarter < ?${atDoor(door)}
     GROUP BY outcome, reason ORDER BY count DESC, outcome, reason`,
    fromMs / QUARTER_MS,
    toMs / QUARTER_MS,
    ...given(door),
  );
  return {
    hours: clock.stretches(fromMs, toMs).flatMap((stretch) => hoursOf(model, stretch, door)),
    outcomes: outcomes.map((row) => ({
      outcome: String(row['outcome']) as Outcome,
      reason: String(row['reason']),
      count: Number(row['count']),
    })),
    timeToOpenMs: timeToOpen(model, query),
  };
}

/** The hours of a stretch; one that is cut short by a change of the clocks begins with it. */
function hoursOf(
  model: ReadModel,
  { fromMs, toMs, aheadMs }: Stretch,
  door: string | undefined,
): Insights['hours'] {
  const [from, to, ahead] = [fromMs / QUARTER_MS, toMs / QUARTER_MS, aheadMs / QUARTER_MS];
  // A number is bound as a real, by which a division would leave a fraction.
  const rows = model.all(
    `SELECT max(?, CAST(quarter + ? AS INTEGER) / ${QUARTERS_AN_HOUR} * ${QUARTERS_AN_HOUR} - ?) AS hour, door,
       sum(count) FILTER (WHERE outcome = 'granted') AS granted,
       sum(count) FILTER (WHERE outcome = 'denied') AS denied
     FROM quarters WHERE quarter >= ? AND quarter < ?${atDoor(door)}
     GROUP BY hour, door ORDER BY hour, door`,
    from,
    ahead,
    ahead,
    from,
    to,
    ...given(door),
  );
  return rows.map((row) => ({
    atMs: Number(row['hour']) * QUARTER_MS,
    door: String(row['door']),
    granted: Number(row['granted'] ?? 0),
    denied: Number(row['denied'] ?? 0),
  }));
}

function atDoor(door: string | undefined): string {
  return door === undefined ? '' : ' AND door = ?';
}

function given(door: string | undefined): string[] {
  return door === undefined ? [] : [door];
}

function timeToOpen(
  model: ReadModel,
  { fromMs, toMs, door }: InsightQuery,
): Insights['timeToOpenMs'] {
  const values = [fromMs * 1_000, toMs * 1_000, ...given(door)];
  const waits = `FROM waits WHERE at >= ? AND at < ?${atDoor(door)}`;
  const count = Number(model.one(`SELECT count(*) AS count ${waits}`, ...values)?.['count']);
  const percentile = (share: number) => {
    if (count === 0) return null;
    const rank = Math.ceil(share * count) - 1;
    return Number(
      model.one(`SELECT ms ${waits} ORDER BY ms LIMIT 1 OFFSET ?`, ...values, rank)?.['ms'],
    );
  };
  const seconds = model.all(
    `SELECT ms / 1000 AS seconds, count(*) AS count ${waits} GROUP BY seconds ORDER BY seconds`,
    ...values,
  );
  return {
    count,
    median: percentile(0.5),
    p95: percentile(0.95),
    seconds: seconds.map((row) => ({
      seconds: Number(row['seconds']),
      count: Number(row['count']),
    })),
  };
}
