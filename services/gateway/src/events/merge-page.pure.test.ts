import { accessStarted, createEvent } from '@latchkey/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type EventStream,
  eventStreams,
  fromCursor,
  type Positions,
  toCursor,
} from './cursor.pure.js';
import { type Found, mergePage } from './merge-page.pure.js';

interface Stored {
  readonly seq: number;
  readonly timeMs: number;
  readonly wanted: boolean;
}
type Streams = Record<EventStream, readonly Stored[]>;

/** A stream's messages: sequence numbers with gaps, times that never go back. */
const stream = fc
  .array(fc.record({ gap: fc.nat(3), later: fc.nat(4), wanted: fc.boolean() }), { maxLength: 20 })
  .map((steps) => {
    let seq = 0;
    let timeMs = 0;
    return steps.map(({ gap, later, wanted }) => {
      seq += 1 + gap;
      timeMs += later;
      return { seq, timeMs, wanted };
    });
  });
const streams = fc.record({ ACCESS: stream, ALARMS: stream, REGISTRY: stream });

function eventOf(name: EventStream, { seq, timeMs }: Stored) {
  const id = `${name}:${seq}`;
  const facts = { id, source: 'test', timeMs, correlationId: 'c', data: accessStarted.example };
  return createEvent(accessStarted, facts);
}

/** What the broker gives: at most `limit` messages of each stream from the position on. */
function read(all: Streams, from: Positions, limit: number): Found[] {
  return eventStreams.map((name) => {
    const left = all[name].filter(({ seq }) => seq >= from[name]);
    const items = left.slice(0, limit).map((stored) => ({
      seq: stored.seq,
      timeMs: stored.timeMs,
      event: stored.wanted ? eventOf(name, stored) : null,
    }));
    const end = (all[name].at(-1)?.seq ?? 0) + 1;
    return { stream: name, items, pending: left.length - items.length, end };
  });
}

it('pages through all streams so that each wanted event comes once, by time', () => {
  fc.assert(
    fc.property(streams, fc.integer({ min: 1, max: 7 }), (all, limit) => {
      const seen: { id: string; time: string }[] = [];
      let from: Positions = { ACCESS: 1, ALARMS: 1, REGISTRY: 1 };
      for (let pages = 0, more = true; more; pages += 1) {
        expect(pages).toBeLessThan(100);
        const page = mergePage(read(all, from, limit), limit);
        expect(page.events.length).toBeLessThanOrEqual(limit);
        seen.push(...page.events);
        from = fromCursor(toCursor(page.next));
        ({ more } = page);
      }
      const wanted = eventStreams.flatMap((name) =>
        all[name].filter((one) => one.wanted).map(({ seq }) => `${name}:${seq}`),
      );
      expect(seen.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
      expect(seen.map(({ time }) => time)).toEqual(seen.map(({ time }) => time).toSorted());
    }),
    { numRuns: 1_000 },
  );
});
