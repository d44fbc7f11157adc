import type { Outcome } from './occurrence.pure.js';
import type { ReadModel } from './read-model.js';

/** Which hours, in hours since 1970, and at which door. */
export interface InsightQuery {
  readonly fromHour: number;
  /** The first hour that is not asked for. */
  readonly toHour: number;
  readonly door?: string | undefined;
}

/** What is counted of those hours. */
export interface Insights {
  readonly hours: readonly {
    readonly hour: number;
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
  };
}

const HOUR_US = 3_600_000_000;

/** Entries by hour and door, ends of attempts by reason, and how long entries took. It costs what the hours hold. */
export function findInsights(model: ReadModel, query: InsightQuery): Insights {
  const { fromHour, toHour, door } = query;
  const atDoor = door === undefined ? '' : ' AND door = ?';
  const values = [fromHour, toHour, ...(door === undefined ? [] : [door])];
  const hours = model.all(
    `SELECT hour, door, sum(count) FILTER (WHERE outcome = 'granted') AS granted,
       sum(count) FILTER (WHERE outcome = 'denied') AS denied
     FROM hours WHERE hour >= ? AND hour < ?${atDoor} GROUP BY hour, door ORDER BY hour, door`,
    ...values,
  );
  const outcomes = model.all(
    `SELECT outcome, reason, sum(count) AS count FROM hours WHERE hour >= ? AND hour < ?${atDoor}
     GROUP BY outcome, reason ORDER BY count DESC, outcome, reason`,
    ...values,
  );
  return {
    hours: hours.map((row) => ({
      hour: Number(row['hour']),
      door: String(row['door']),
      granted: Number(row['granted'] ?? 0),
      denied: Number(row['denied'] ?? 0),
    })),
    outcomes: outcomes.map((row) => ({
      outcome: String(row['outcome']) as Outcome,
      reason: String(row['reason']),
      count: Number(row['count']),
    })),
    timeToOpenMs: timeToOpen(model, query),
  };
}

function timeToOpen(
  model: ReadModel,
  { fromHour, toHour, door }: InsightQuery,
): Insights['timeToOpenMs'] {
  const atDoor = door === undefined ? '' : ' AND door = ?';
  const values = [fromHour * HOUR_US, toHour * HOUR_US, ...(door === undefined ? [] : [door])];
  const waits = `FROM waits WHERE at >= ? AND at < ?${atDoor}`;
  const count = Number(model.one(`SELECT count(*) AS count ${waits}`, ...values)?.['count']);
  const percentile = (share: number) => {
    if (count === 0) return null;
    const rank = Math.ceil(share * count) - 1;
    return Number(
      model.one(`SELECT ms ${waits} ORDER BY ms LIMIT 1 OFFSET ?`, ...values, rank)?.['ms'],
    );
  };
  return { count, median: percentile(0.5), p95: percentile(0.95) };
}
