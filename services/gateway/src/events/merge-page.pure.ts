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
  /** How many more wait behind these; at least one item was read where any do. */
  readonly pending: number;
  /** Where to go on once everything has been read. */
  readonly end: number;
}

/** An event, and where reading goes on right after it. */
export interface Told {
  readonly event: CloudEvent;
  readonly after: Positions;
}

export interface Page {
  readonly events: readonly Told[];
  readonly next: Positions;
  readonly more: boolean;
}

/**
 * Merges the streams by time and cuts after `limit` messages. Of a stream that has more waiting nothing later than its
 * last message read is known, so the merge ends there: no event is ever passed over, nor told before an earlier one.
 * @param upToMs all that the streams hold up to this moment was read or waits: what is later is left for the next page
 */
export function mergePage(found: readonly Found[], limit: number, upToMs: number): Page {
  const horizonMs = Math.min(
    upToMs,
    ...found.flatMap(({ items, pending }) => (pending > 0 ? lastTime(items) : [])),
  );
  const taken = found
    .flatMap(({ stream, items }) => items.map((item) => ({ stream, item })))
    .filter(({ item }) => item.timeMs <= horizonMs)
    // Sorting is stable: within a stream its own order stays.
    .toSorted((one, other) => one.item.timeMs - other.item.timeMs)
    .slice(0, limit);
  const next = { ACCESS: 1, ALARMS: 1, REGISTRY: 1 };
  for (const one of found) next[one.stream] = one.items[0]?.seq ?? one.end;
  const events: Told[] = [];
  for (const { stream, item } of taken) {
    next[stream] = item.seq + 1;
    if (item.event) events.push({ event: item.event, after: { ...next } });
  }
  let more = false;
  for (const { stream, items, pending, end } of found) {
    const last = items.at(-1);
    const isLeft = last !== undefined && last.seq >= next[stream];
    more ||= isLeft || pending > 0;
    // Behind the last message there is nothing that is wanted until `end`.
    if (!isLeft && pending === 0) next[stream] = Math.max(end, next[stream]);
  }
  return { events, next, more };
}

function lastTime(items: readonly Item[]): number {
  return items.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
}
