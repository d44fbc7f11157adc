import { z } from 'zod';
import type { CursorShape } from './cursors.js';

/** The streams that hold what outsiders may read, in the order in which a cursor names them. */
export const eventStreams = ['ACCESS', 'ALARMS', 'REGISTRY'] as const;
export type EventStream = (typeof eventStreams)[number];

/** For each stream the sequence number to read next, from 1. */
export type Positions = Readonly<Record<EventStream, number>>;

const CURSOR = /^(\d{1,15})-(\d{1,15})-(\d{1,15})$/;

/** Where reading goes on in each stream, such as `1042-7-311`. */
export const cursorShape: CursorShape = {
  pattern: CURSOR,
  expected: 'a cursor or an event id that this API gave, such as 1042-7-311',
};

/** A cursor as it comes: sealed, for who may not hear of all that it counts. */
export const cursor = z
  .string()
  .max(500)
  .meta({
    description: 'Where to go on: a `next`, or the `id` of a live event.',
    examples: ['1042-7-311'],
  });

/** The positions as a cursor. */
export function toCursor(positions: Positions): string {
  return eventStreams.map((stream) => positions[stream]).join('-');
}

/** A cursor's positions; each at least 1. @throws RangeError where it is no cursor. */
export function fromCursor(text: string): Positions {
  const [, access, alarms, registry] = CURSOR.exec(text) ?? [];
  if (!access || !alarms || !registry) throw new RangeError('no cursor');
  const at = (digits: string) => Math.max(1, Number(digits));
  return { ACCESS: at(access), ALARMS: at(alarms), REGISTRY: at(registry) };
}
