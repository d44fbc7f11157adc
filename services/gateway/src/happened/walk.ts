import type { SQLInputValue } from 'node:sqlite';
import type { Place } from './place.pure.js';
import type { ReadModel } from './read-model.js';

/** Rows that one index gives in their order: what is equal in it, and what else must hold. */
export interface Lane {
  readonly index: string;
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

/** Which way, and from where to where. */
export interface Way {
  readonly order: 'newest' | 'oldest';
  readonly after?: Place | undefined;
  /** Stored at that moment or later, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Stored before that moment. */
  readonly until?: number | undefined;
}

const FIRST_US = 0;
/** The year 9999. */
const LAST_US = 253_402_300_799_000_000;

/**
 * The first places of all lanes together, in the order that is wanted. It costs what it gives, however many rows there are:
 * each lane is a walk along one index, as far as `count`.
 */
export function walk(
  model: ReadModel,
  table: 'events' | 'alerts',
  lanes: readonly Lane[],
  { order, after, since, until }: Way,
  count: number,
): Place[] {
  const isNewest = order === 'newest';
  const way = isNewest ? 'DESC' : 'ASC';
  const goingOn = after ? `AND (at, key) ${isNewest ? '<' : '>'} (?, ?)` : '';
  const values = [
    since === undefined ? FIRST_US : since * 1_000,
    until === undefined ? LAST_US : until * 1_000,
    ...(after ? [after.atUs, after.key] : []),
    count,
  ];
  const rows = lanes.flatMap((lane) =>
    model.all(
      `SELECT at, key FROM ${table} INDEXED BY ${lane.index}
       WHERE ${lane.where} AND at >= ? AND at < ? ${goingOn} ORDER BY at ${way}, key ${way} LIMIT ?`,
      ...lane.values,
      ...values,
    ),
  );
  const sign = isNewest ? -1 : 1;
  return rows
    .map(placeOf)
    .toSorted((one, other) => sign * (one.atUs - other.atUs || one.key - other.key))
    .slice(0, count);
}

/** The place of a row. */
export function placeOf(row: Record<string, unknown>): Place {
  return { atUs: Number(row['at']), key: Number(row['key']) };
}
