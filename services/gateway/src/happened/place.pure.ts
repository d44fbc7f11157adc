import type { CursorShape } from '../events/cursors.js';

/** A place in a list that goes by time: right after it, whichever way it goes, the next page begins. */
export interface Place {
  /** Microseconds since 1970: when the broker stored it. */
  readonly atUs: number;
  readonly key: number;
}

const PLACE = /^(\d{1,16})-(\d{1,16})$/;

/** A cursor of a list that the read model answers; the same in every gateway, and after the model is made anew. */
export const placeShape: CursorShape = {
  pattern: PLACE,
  expected: 'the `next` of the page before',
};

/** A place as a cursor. */
export function ofPlace({ atUs, key }: Place): string {
  return `${atUs}-${key}`;
}

/** A cursor's place; that of no cursor is before everything. */
export function toPlace(text: string): Place {
  const [, atUs, key] = PLACE.exec(text) ?? [];
  return { atUs: Number(atUs ?? 0), key: Number(key ?? 0) };
}
