import { setTimeout as delay } from 'node:timers/promises';
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import { ADMIN_IDENTITY, inboxPrefixOf } from '@latchkey/contracts';
import { type Authenticator, errors, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { type BrokerAddress, isMistrust, reach } from './bus-access.js';
import { type Clock, createClock } from './clock.js';
import { Failure } from './failure.js';
import { openIdentity, type IdentityFile } from './identity-file.js';
import type { Logger } from './logger.js';
import { redactText } from './redact.pure.js';

/** Where the broker is and who connects; without a folder of keys one connects as nobody in particular. */
export interface BusFacts extends BrokerAddress {
  /** The service's name: the connection's name and, by default, its inbox prefix and the `source` of its events. */
  readonly name: string;
  /** Whose identity it uses; its own, by its name, where left out. */
  readonly identity?: string;
  /** It makes streams, buckets and consumers even where the broker tells identities apart. */
  readonly keepsTopology?: boolean;
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
  /** It may make streams, buckets and consumers; else it waits until they are there. */
  readonly keepsTopology: boolean;
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
/** How often it is looked whether the key was rotated, and whether the broker knows the new one. */
const ROTATION_MS = 1_500;
const PROBE_MS = 1_000;

/**
 * Connects to the broker. Later losses are mended for ever, in the background, with jitter.
 * @throws Failure LK-BUS-001, retryable, where no broker is found within `waitMs`; LK-BUS-008, terminal, where the broker
 * does not know the identity, LK-BUS-009 where it is not the broker that it should be; LK-KEY-001 or LK-KEY-002 for a key file.
 */
export async function connectBus(facts: BusFacts): Promise<Bus> {
  const { log } = facts;
  const { keysDir, identity: who = facts.name } = facts;
  const inboxPrefix = inboxPrefixOf(who);
  const identity = keysDir === undefined ? undefined : openIdentity(keysDir, who);
  const nc = await firstConnection(facts, identity, inboxPrefix);
  const following = identity && followRotation(facts, nc, identity);
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
    keepsTopology: facts.keepsTopology === true || mayAll(facts, nc),
    nowMs: () => clock.nowMs(),
    isConnected: () => connected && !nc.isClosed(),
    onReconnect: (handler) => listeners.push(handler),
    close: () => {
      clearInterval(following);
      return (closing ??= closeConnection(nc, clock, connected));
    },
  };
}

const mayAll = ({ identity }: BusFacts, nc: NatsConnection): boolean =>
  identity === ADMIN_IDENTITY || nc.info?.auth_required !== true;

async function firstConnection(
  facts: BusFacts,
  identity: IdentityFile | undefined,
  inboxPrefix: string,
): Promise<NatsConnection> {
  const deadlineMs = performance.now() + (facts.waitMs ?? FIRST_WAIT_MS);
  for (let refusals = 0; ; ) {
    try {
      return await connect({
        ...reach(facts),
        name: facts.name,
        inboxPrefix,
        ...(identity ? { authenticator: identity.authenticator } : {}),
        // The broker may hear of a new key a moment later than the service.
        ignoreAuthErrorAbort: true,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 250,
        reconnectJitterTLS: 250,
        pingInterval: 10_000,
        maxPingOut: 2,
        timeout: 5_000,
      });
    } catch (cause) {
      if (cause instanceof errors.AuthorizationError) {
        refusals += 1;
        if (refusals >= (identity?.count() ?? 1)) throw unknownHere(facts, cause);
        continue;
      }
      if (performance.now() > deadlineMs) {
        throw isMistrust(cause) ? mistrusted(facts, cause) : unreachable(facts.url, cause);
      }
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

function mistrusted({ url, keysDir, caFile }: BusFacts, cause: unknown): Failure {
  const authority = caFile ?? `grpc-ca.pem in ${keysDir ?? 'LK_KEYS_DIR'}`;
  return Failure.terminal(
    'LK-BUS-009',
    `Whoever answers at ${redactText(url)} is not known to be the broker. Expected TLS (tls://) and a certificate of the authority in ${authority}.`,
    { cause },
  );
}

/** Connects anew with a rotated key, once the broker knows it: so nothing is lost to a try that is refused. */
function followRotation(facts: BusFacts, nc: NatsConnection, identity: IdentityFile) {
  let isProbing = false;
  const probe = async (authenticator: Authenticator) => {
    isProbing = true;
    try {
      const name = `${facts.name}: a new key`;
      const trial = await connect({
        ...reach(facts),
        name,
        authenticator,
        timeout: PROBE_MS,
        reconnect: false,
      });
      await trial.close();
      facts.log.info('connecting anew with a rotated key');
      await nc.reconnect();
    } catch (err) {
      facts.log.debug({ err }, 'the broker does not know the rotated key yet');
    } finally {
      isProbing = false;
    }
  };
  const timer = setInterval(() => {
    const newer = isProbing || nc.isClosed() ? undefined : identity.newer();
    if (newer) void probe(newer);
  }, ROTATION_MS);
  return timer.unref();
}

function unknownHere({ keysDir, name, identity = name }: BusFacts, cause: Error): Failure {
  return Failure.terminal(
    'LK-BUS-008',
    `The broker does not know ${identity}. Expected the seed of an identity that its configuration names, in ${keysDir ?? 'LK_KEYS_DIR'}/bus-${identity}.seed. Run \`latchkey keys init\`, and give the broker the file broker-users.conf that it wrote.`,
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
