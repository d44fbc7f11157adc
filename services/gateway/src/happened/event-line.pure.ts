import type { Placed } from './find-events.js';
import { readingOf } from './occurrence.pure.js';
import type { EventLine } from './overview.schemas.js';

/** An event in a line. */
export function lineOf({ event, place }: Placed): EventLine {
  const { person, ended, alert } = readingOf(event);
  return {
    id: event.id,
    type: event.type,
    at: new Date(place.atUs / 1_000).toISOString(),
    person,
    reason: (ended?.reason ?? alert?.reason) || null,
  };
}
