import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRAME_MAX_HELD_MS,
  idlePacing,
  OBSERVATION_WAIT_MS,
  type PacedFrame,
  type Pacing,
  type PacingInput,
  pace,
  patienceMs,
} from './pacing.pure.js';

type Move = { afterMs: number; what: 'frame' | 'observed' | 'stray' | 'failed' | 'tick' };
const moves = fc.array(
  fc.record<Move>({
    afterMs: fc.integer({ min: 0, max: 1_500 }),
    what: fc.constantFrom('frame', 'frame', 'observed', 'stray', 'failed', 'tick'),
  }),
  { maxLength: 60 },
);

interface Played {
  readonly published: { frame: PacedFrame; atMs: number; settledAtMs: number }[];
  readonly arrived: PacedFrame[];
}

/** When a timer goes off until then, though each time may set it anew. */
function* dueUntil(timer: { dueMs: number }, nowMs: number): Generator<number> {
  while (timer.dueMs <= nowMs) yield timer.dueMs;
}

/** Plays moves against the pacing as its shell does, timers included. */
function play(script: readonly Move[]): Played {
  const played: Played = { published: [], arrived: [] };
  let pacing: Pacing<PacedFrame> = idlePacing;
  const timer: { dueMs: number } = { dueMs: Number.POSITIVE_INFINITY };
  const step = (input: PacingInput<PacedFrame>, nowMs: number) => {
    const next = pace(pacing, input, nowMs);
    pacing = next.pacing;
    timer.dueMs = next.wakeAtMs ?? Number.POSITIVE_INFINITY;
    const frame = next.publish;
    if (frame) played.published.push({ frame, atMs: nowMs, settledAtMs: Number.POSITIVE_INFINITY });
  };
  let nowMs = 0;
  for (const { afterMs, what } of script) {
    nowMs += afterMs;
    for (const dueMs of dueUntil(timer, nowMs)) step({ kind: 'tick' }, dueMs);
    const lastPublished = played.published.at(-1);
    const last = lastPublished?.frame;
    if (what === 'frame') {
      const id = `f${played.arrived.length}`;
      const frame = {
        id,
        arrivedMs: nowMs,
        patienceMs: patienceMs((played.arrived.length % 7) / 6),
      };
      played.arrived.push(frame);
      step({ kind: 'frame', frame }, nowMs);
    } else if (what === 'stray') step({ kind: 'observed', id: 'of-another-camera' }, nowMs);
    else if (what === 'tick') step({ kind: 'tick' }, nowMs);
    else if (last && pacing.inFlight?.id === last.id) {
      lastPublished.settledAtMs = nowMs;
      step(
        what === 'failed' ? { kind: 'failed', frame: last } : { kind: 'observed', id: last.id },
        nowMs,
      );
    }
  }
  return played;
}

describe('pacing of a camera', () => {
  it('has one frame in flight: the next only after its observation, its failure, or 1 s', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { published } = play(script);
        for (const [index, { atMs }] of published.entries()) {
          const before = published[index - 1];
          if (!before) continue;
          const freeAtMs = Math.min(before.settledAtMs, before.atMs + before.frame.patienceMs);
          expect(atMs).toBeGreaterThanOrEqual(freeAtMs);
        }
      }),
    );
  });

  it('publishes only the newest frame that had arrived, never an old one, never going back', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { published, arrived } = play(script);
        let lastArrivedMs = 0;
        for (const { frame, atMs } of published) {
          const newest = arrived.filter(({ arrivedMs }) => arrivedMs <= atMs);
          expect(
            newest.some(({ arrivedMs }) => arrivedMs > frame.arrivedMs && arrivedMs < atMs),
          ).toBe(false);
          expect(atMs - frame.arrivedMs).toBeLessThanOrEqual(FRAME_MAX_HELD_MS);
          expect(frame.arrivedMs).toBeGreaterThanOrEqual(lastArrivedMs);
          lastArrivedMs = frame.arrivedMs;
        }
      }),
    );
  });

  it('publishes at once when nothing is in flight, and keeps the newest meanwhile', () => {
    const frame = (id: string, arrivedMs: number) => ({
      id,
      arrivedMs,
      patienceMs: OBSERVATION_WAIT_MS,
    });
    const first = pace(idlePacing, { kind: 'frame', frame: frame('a', 10) }, 10);
    expect(first.publish?.id).toBe('a');
    const second = pace(first.pacing, { kind: 'frame', frame: frame('b', 20) }, 20);
    const third = pace(second.pacing, { kind: 'frame', frame: frame('c', 30) }, 30);
    expect([second.publish, third.publish]).toEqual([undefined, undefined]);
    expect(third.wakeAtMs).toBe(1_010);
    expect(pace(third.pacing, { kind: 'observed', id: 'a' }, 40).publish?.id).toBe('c');
  });
});

it('waits about a second for an observation, cameras differing by chance', () => {
  expect(patienceMs(0)).toBeLessThan(patienceMs(1));
  expect((patienceMs(0) + patienceMs(1)) / 2).toBe(OBSERVATION_WAIT_MS);
});
