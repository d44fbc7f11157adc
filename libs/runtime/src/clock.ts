import type { NatsConnection } from '@nats-io/nats-core';
import { z } from 'zod';
import type { Logger } from './logger.js';

/** How far a host's clock may be off before its service is not ready. */
export const MAX_CLOCK_OFFSET_MS = 250;
const EVERY_MS = 60_000;
const RETRY_MS = 2_000;
/** Every server answers it to every client: who am I, and what time is it. */
const WHO_AM_I = '$SYS.REQ.USER.INFO';

const answerShape = z.object({ server: z.object({ time: z.iso.datetime({ offset: true }) }) });

/** The broker's clock, the only one that counts, as seen from here. */
export interface Clock {
  /** Milliseconds since 1970 by the broker's clock. */
  nowMs(): number;
  /** The broker's clock less this host's, in milliseconds; `null`: not measured yet. */
  offsetMs(): number | null;
  /** Measures now. @returns false where the broker did not answer. */
  measure(): Promise<boolean>;
  close(): void;
}

/**
 * Measures the offset at once, then once a minute (every two seconds while it can't be measured).
 * The server's time comes with its answer to a request; half the round trip is taken as the way back (Cristian 1989).
 */
export function createClock(nc: NatsConnection, log: Logger): Clock {
  let offsetMs: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function measure(): Promise<boolean> {
    try {
      const measured = await measureOffset(nc);
      if (Math.abs(measured) > MAX_CLOCK_OFFSET_MS) {
        log.error({ offsetMs: measured, errorCode: 'LK-CLK-001' }, 'clock differs from the broker');
      }
      offsetMs = measured;
      return true;
    } catch (err) {
      if (!nc.isClosed()) log.debug({ err }, 'the clock could not be compared');
      return false;
    }
  }
  async function tick(): Promise<void> {
    const ok = await measure();
    if (closed) return;
    timer = setTimeout(() => void tick(), ok ? EVERY_MS : RETRY_MS);
    timer.unref();
  }
  void tick();
  return {
    nowMs: () => Math.round(Date.now() + (offsetMs ?? 0)),
    offsetMs: () => offsetMs,
    measure,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** The best of three, that with the shortest round trip: its error is at most half of it. */
async function measureOffset(nc: NatsConnection): Promise<number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const sentMs = Date.now();
    const startedMs = performance.now();
    const answer = await nc.request(WHO_AM_I, undefined, { timeout: 2_000 });
    const roundTripMs = performance.now() - startedMs;
    const offsetMs = serverTimeMs(answer.string()) - (sentMs + roundTripMs / 2);
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, offsetMs };
  }
  return best.offsetMs;
}

function serverTimeMs(answer: string): number {
  const { server } = answerShape.parse(JSON.parse(answer));
  return Date.parse(server.time);
}
