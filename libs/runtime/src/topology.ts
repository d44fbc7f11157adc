import { setTimeout as delay } from 'node:timers/promises';
import {
  type BucketDefinition,
  buckets,
  type ConsumerDefinition,
  consumers,
  type ObjectStoreDefinition,
  objectStores,
  type StreamDefinition,
  streams,
} from '@latchkey/contracts';
import { JetStreamApiCodes, JetStreamApiError, type StreamConfig } from '@nats-io/jetstream';
import type { Bus } from './bus.js';
import { busFailure, isNobodyThere } from './bus-failure.js';
import { Failure } from './failure.js';
import {
  bucketConfig,
  consumerConfig,
  objectStoreConfig,
  streamConfig,
  type WantedStream,
} from './topology.pure.js';
import { withinTime } from './within-time.js';

/** What a service needs to be on the broker. */
export interface Topology {
  readonly streams?: readonly StreamDefinition[];
  readonly consumers?: readonly ConsumerDefinition[];
  readonly buckets?: readonly BucketDefinition[];
  readonly objectStores?: readonly ObjectStoreDefinition[];
}

/** All that the campus needs on the broker. */
export const campusTopology: Topology = {
  streams: Object.values(streams),
  consumers: Object.values(consumers),
  buckets: Object.values(buckets),
  objectStores: Object.values(objectStores),
};

const OLDEST = [2, 12] as const;

/** While a broker comes back, whoever keeps the topology needs about a second. */
const WAIT_MS = 5_000;
const LOOK_AGAIN_MS = 250;

/**
 * Makes the broker hold what is defined: creates what is missing, updates what differs, leaves the rest. Idempotent;
 * any number of services may do it at once. One that may not create (`Bus.keepsTopology`) waits until all is there.
 * @throws Failure LK-BUS-002, terminal, for a broker that is too old or without JetStream; LK-BUS-001, retryable, else,
 * also where what is needed is not there within `waitMs`.
 */
export async function ensureTopology(
  bus: Bus,
  topology: Topology,
  { waitMs = WAIT_MS }: { readonly waitMs?: number } = {},
): Promise<void> {
  requireVersion(bus);
  const { consumers = [] } = topology;
  const wanted = [
    ...(topology.streams ?? []).map(streamConfig),
    ...(topology.buckets ?? []).map(bucketConfig),
    ...(topology.objectStores ?? []).map(objectStoreConfig),
  ];
  try {
    if (!bus.keepsTopology) return await untilThere(bus, wanted, consumers, waitMs);
    for (const stream of wanted) await ensureStream(bus, stream);
    for (const consumer of consumers) {
      await bus.jsm.consumers.add(consumer.stream, consumerConfig(consumer));
    }
  } catch (error) {
    throw topologyFailure(error);
  }
}

async function untilThere(
  bus: Bus,
  wanted: readonly WantedStream[],
  consumers: readonly ConsumerDefinition[],
  waitMs: number,
): Promise<void> {
  const deadlineMs = performance.now() + waitMs;
  const looks = [
    ...wanted.map(({ name }) => ({ name, look: () => bus.jsm.streams.info(name) })),
    ...consumers.map(({ stream, durable }) => ({
      name: durable,
      look: () => bus.jsm.consumers.info(stream, durable),
    })),
  ];
  for (const { name, look } of looks) {
    while (!(await isThere(look))) {
      if (performance.now() > deadlineMs) {
        throw Failure.retryable(
          'LK-BUS-001',
          `The broker does not hold ${name} yet, which auth makes: see whether auth runs.`,
        );
      }
      await delay(LOOK_AGAIN_MS);
    }
  }
}

async function isThere(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function ensureStream(bus: Bus, wanted: WantedStream): Promise<void> {
  const there = await configOf(bus, wanted.name);
  if (!there) await bus.jsm.streams.add(wanted);
  else if (differs(there, wanted))
    await bus.jsm.streams.update(wanted.name, { ...there, ...wanted });
}

async function configOf(bus: Bus, name: string): Promise<StreamConfig | null> {
  try {
    return (await bus.jsm.streams.info(name)).config;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** True where the broker says that a stream or a consumer is not there. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof JetStreamApiError)) return false;
  const missing: number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];
  return missing.includes(error.code);
}

function differs(there: StreamConfig, wanted: WantedStream): boolean {
  return Object.entries(wanted).some(
    ([key, value]) => JSON.stringify(Reflect.get(there, key)) !== JSON.stringify(value),
  );
}

function requireVersion(bus: Bus): void {
  // Nothing is known of a broker while it is away.
  const version = bus.nc.info?.version;
  if (version === undefined) throw Failure.retryable('LK-BUS-001');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw Failure.terminal(
    'LK-BUS-002',
    `Expected nats-server ${OLDEST.join('.')} or newer, found ${version}. Install a newer one.`,
  );
}

function topologyFailure(error: unknown): Failure {
  const withoutJetStream =
    error instanceof JetStreamApiError &&
    error.code === JetStreamApiCodes.JetStreamNotEnabledForAccount;
  if (
    withoutJetStream ||
    (error instanceof Error && /jetstream.*not enabled/i.test(error.message))
  ) {
    return Failure.terminal(
      'LK-BUS-002',
      'The broker runs without JetStream. Start nats-server with -js -sd <folder>.',
      { cause: error },
    );
  }
  return busFailure(error, 'setting up streams, buckets and consumers');
}

/**
 * Does something with what is defined, making it anew once where the broker has lost it (memory after a restart).
 * @throws Failure LK-BUS-001, retryable, where the broker is away, or dies under it.
 */
export async function remade<Result>(
  bus: Bus,
  topology: Topology,
  doing: string,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await withinTime(doing, act);
  } catch (error) {
    if (!isMissing(error) && !isNobodyThere(error)) throw busFailure(error, doing);
  }
  await ensureTopology(bus, topology);
  try {
    return await withinTime(doing, act);
  } catch (error) {
    throw busFailure(error, doing);
  }
}
