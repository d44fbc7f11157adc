import type { CloudEvent } from '@latchkey/contracts';
import type { EventStream, Positions } from './cursor.pure.js';

/** One message that was read; `event` is null where it isn't wanted and is only passed over. */
interface Item {
  readonly seq: number;
  readonly timeMs: number;
  readonly event: CloudEvent | null;
}

/** What was read of one stream, in its order. */
export interface Found {
  readonly stream: EventStream;
  readonly items: readonly Item[];
  /** How many more wait behind these. */
  readonly pending: number;
  /** Where to go on once everything has been read. */
  readonly end: number;
}

export interface Page {
  readonly events: CloudEvent[];
  readonly next: Positions;
  readonly more: boolean;
}

/**
 * Merges the streams by time and cuts after `limit` messages. Of a stream that has more waiting nothing later than its
 * last message read is known, so the merge ends there: no event is ever passed over.
 */
export function mergePage(found: readonly Found[], limit: number): Page {
  const horizonMs = Math.min(
    ...found.map(({ items, pending }) =>
      pending > 0 ? lastTime(items) : Number.POSITIVE_INFINITY,
    ),
  );
  const merged = found
    .flatMap(({ stream, items }) => items.map((item) => ({ stream, item })))
    .filter(({ item }) => item.timeMs <= horizonMs)
    // Sorting is stable: within a stream its own order stays.
    .toSorted((one, other) => one.item.timeMs - other.item.timeMs);
  const taken = merged.slice(0, limit);
  const next = { ACCESS: 1, ALARMS: 1, REGISTRY: 1 };
  let more = false;
  for (const { stream, items, pending, end } of found) {
    const count = taken.filter((one) => one.stream === stream).length;
    const left = items[count];
    const last = items.at(-1);
    if (left) next[stream] = left.seq;
    else next[stream] = pending > 0 && last ? last.seq + 1 : Math.max(end, (last?.seq ?? 0) + 1);
    more ||= left !== undefined || pending > 0;
  }
  return { events: taken.flatMap(({ item }) => item.event ?? []), next, more };
}

function lastTime(items: readonly Item[]): number {
  return items.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
}
