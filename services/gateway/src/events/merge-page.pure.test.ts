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

/** Reads while events come in: each stream is read at a moment of its own, none before the moment they were asked at. */
const later = fc.nat(9);
const reads = fc
  .array(fc.record({ ACCESS: later, ALARMS: later, REGISTRY: later, pause: later }))
  .map((steps) => {
    let upToMs = 0;
    return steps.map(({ pause, ...after }) => {
      upToMs += pause;
      const byMs = (name: EventStream) => upToMs + after[name];
      return {
        upToMs,
        byMs: { ACCESS: byMs('ACCESS'), ALARMS: byMs('ALARMS'), REGISTRY: byMs('REGISTRY') },
      };
    });
  });
const whole = {
  upToMs: Number.POSITIVE_INFINITY,
  byMs: { ACCESS: Infinity, ALARMS: Infinity, REGISTRY: Infinity },
};

function eventOf(name: EventStream, { seq, timeMs }: Stored) {
  const id = `${name}:${seq}`;
  const facts = { id, source: 'test', timeMs, correlationId: 'c', data: accessStarted.example };
  return createEvent(accessStarted, facts);
}

/** What the broker gives: of what is stored by then, at most `limit` messages of each stream from the position on. */
function read(all: Streams, from: Positions, limit: number, byMs: Positions): Found[] {
  return eventStreams.map((name) => {
    const left = all[name].filter(({ seq, timeMs }) => seq >= from[name] && timeMs <= byMs[name]);
    const items = left.slice(0, limit).map((stored) => ({
      seq: stored.seq,
      timeMs: stored.timeMs,
      event: stored.wanted ? eventOf(name, stored) : null,
    }));
    const stored = all[name].filter(({ timeMs }) => timeMs <= byMs[name]);
    const end = (stored.at(-1)?.seq ?? 0) + 1;
    return { stream: name, items, pending: left.length - items.length, end };
  });
}

it('pages through all streams so that each wanted event comes once, by time', () => {
  fc.assert(
    fc.property(
      streams,
      fc.integer({ min: 1, max: 7 }),
      reads,
      fc.integer({ min: 1, max: 7 }),
      (all, limit, at, cut) => {
        const seen: { id: string; time: string }[] = [];
        let from: Positions = { ACCESS: 1, ALARMS: 1, REGISTRY: 1 };
        for (let pages = 0, more = true; more || pages <= at.length; pages += 1) {
          expect(pages).toBeLessThan(200);
          const { upToMs, byMs } = at[pages] ?? whole;
          const page = mergePage(read(all, from, limit, byMs), limit, upToMs);
          expect(page.events.length).toBeLessThanOrEqual(limit);
          // Whoever loses the line within a page goes on after the last event that was read.
          const told = pages % 2 === 0 ? page.events : page.events.slice(0, cut);
          seen.push(...told.map(({ event }) => event));
          const isCut = told.length < page.events.length;
          const after = isCut ? told.at(-1)?.after : page.next;
          from = fromCursor(toCursor(after ?? from));
          more = page.more || isCut;
        }
        const wanted = eventStreams.flatMap((name) =>
          all[name].filter((one) => one.wanted).map(({ seq }) => `${name}:${seq}`),
        );
        expect(seen.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
        expect(seen.map(({ time }) => time)).toEqual(seen.map(({ time }) => time).toSorted());
      },
    ),
    { numRuns: 1_000 },
  );
});
