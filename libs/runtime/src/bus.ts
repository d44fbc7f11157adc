import { setTimeout as delay } from 'node:timers/promises';
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { type Clock, createClock } from './clock.js';
import { Failure } from './failure.js';
import type { Logger } from './logger.js';
import { redactText } from './redact.pure.js';

/** Where the broker is and who connects. */
export interface BusFacts {
  readonly url: string;
  /** The service's name: the connection's name and, by default, its inbox prefix and the `source` of its events. */
  readonly name: string;
  readonly inboxPrefix?: string;
  readonly log: Logger;
  /** How long the first connection is tried. Once connected, a lost connection is tried for ever. */
  readonly waitMs?: number;
}

/** A connection to the broker, with what is made from it. */
export interface Bus {
  readonly service: string;
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds since 1970 by the broker's clock. */
  nowMs(): number;
  isConnected(): boolean;
  /** Calls `handler` each time that a lost connection is back; memory streams may be gone then. */
  onReconnect(handler: () => void): void;
  /** Flushes, then closes; twice is fine. */
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 15_000;
const RETRY_MS = 500;
const FLUSH_MS = 2_000;

/**
 * Connects to the broker. Later losses are mended for ever, in the background, with jitter.
 * @throws Failure LK-BUS-001, retryable, where no broker is found within `waitMs`.
 */
export async function connectBus(facts: BusFacts): Promise<Bus> {
  const { log } = facts;
  const inboxPrefix = facts.inboxPrefix ?? `_INBOX_${facts.name}`;
  const nc = await firstConnection(facts, inboxPrefix);
  const clock = createClock(nc, log);
  const listeners: (() => void)[] = [];
  let connected = true;
  let closing: Promise<void> | undefined;

  void watchStatus(nc, log, (now) => {
    connected = now;
    if (now) for (const listener of listeners) listener();
  });
  // Watches would else listen on inboxes of the common prefix, which a service's permissions don't cover.
  const options = { watcherPrefix: inboxPrefix };
  return {
    service: facts.name,
    nc,
    js: jetstream(nc, options),
    jsm: await jetstreamManager(nc, { ...options, checkAPI: false }),
    clock,
    log,
    nowMs: () => clock.nowMs(),
    isConnected: () => connected && !nc.isClosed(),
    onReconnect: (handler) => listeners.push(handler),
    close: () => (closing ??= closeConnection(nc, clock, connected)),
  };
}

async function firstConnection(facts: BusFacts, inboxPrefix: string): Promise<NatsConnection> {
  const deadlineMs = performance.now() + (facts.waitMs ?? FIRST_WAIT_MS);
  for (;;) {
    try {
      return await connect({
        servers: facts.url.split(','),
        name: facts.name,
        inboxPrefix,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 250,
        pingInterval: 10_000,
        maxPingOut: 2,
        timeout: 5_000,
      });
    } catch (cause) {
      if (performance.now() > deadlineMs) throw unreachable(facts.url, cause);
      facts.log.debug({ err: cause }, 'no broker yet');
      await delay(RETRY_MS);
    }
  }
}

function unreachable(url: string, cause: unknown): Failure {
  return Failure.retryable(
    'LK-BUS-001',
    `No broker answers at ${redactText(url)}. Start nats-server 2.12 or newer there, or mend NATS_URL.`,
    { cause },
  );
}

async function watchStatus(
  nc: NatsConnection,
  log: Logger,
  onChange: (connected: boolean) => void,
): Promise<void> {
  for await (const status of nc.status()) {
    if (status.type === 'disconnect') {
      log.warn('lost the broker; trying again for ever');
      onChange(false);
    } else if (status.type === 'reconnect') {
      log.info('the broker is back');
      onChange(true);
    } else if (status.type === 'error') {
      log.error({ err: status.error }, 'the broker refuses something');
    } else if (status.type === 'slowConsumer') {
      log.warn({ pending: status.pending }, 'messages come faster than they are read');
    }
  }
}

async function closeConnection(
  nc: NatsConnection,
  clock: Clock,
  connected: boolean,
): Promise<void> {
  clock.close();
  if (connected && !nc.isClosed()) {
    // A broker that is gone answers no flush; what was acknowledged is safe without it.
    await Promise.race([
      nc.flush().catch(() => undefined),
      delay(FLUSH_MS, undefined, { ref: false }),
    ]);
  }
  await nc.close();
}
