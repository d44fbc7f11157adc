import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type CloudEvent,
  type ConsumerDefinition,
  consumers,
  facesObserved,
} from '@latchkey/contracts';
import { type Broker, startBroker } from '@latchkey/devstack';
import {
  type Bus,
  commonConfig,
  connectBus,
  createLogger,
  defineService,
  type Logger,
  type MessageContext,
  OnEvent,
  publishEvent,
  type Service,
} from '@latchkey/runtime';
import { Controller } from '@nestjs/common';
import { z } from 'zod';

/** A real broker with a folder of its own, which goes with it. */
export interface TestBroker extends AsyncDisposable {
  readonly broker: Broker;
  readonly url: string;
}

export async function openBroker(): Promise<TestBroker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lk-runtime-'));
  const broker = await startBroker({ dataDir });
  return {
    broker,
    url: broker.url,
    [Symbol.asyncDispose]: async () => {
      await broker.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Silent, but for LK_LOG_LEVEL. */
export const quiet: Logger = createLogger({
  service: 'probe',
  instance: 'probe',
  level: process.env['LK_LOG_LEVEL'] ?? 'silent',
});

export const probeConfig = z.object({ ...commonConfig });
export type ProbeConfig = z.infer<typeof probeConfig>;

export function configFor(url: string): ProbeConfig {
  return probeConfig.parse({ NATS_URL: url });
}

export function openBus(url: string, name = 'probe'): Promise<Bus> {
  return connectBus({ url, name, log: quiet });
}

/** Waits until something holds, for at most 45 seconds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 45_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(20);
  }
}

type Settling = Pick<ConsumerDefinition, 'stream' | 'durable' | 'filters'>;

/**
 * Whether a consumer has nothing left. It hears of a new message a moment after the stream has stored it; so what is
 * stored is asked for, too.
 */
export async function isSettled(bus: Bus, { stream, durable, filters }: Settling) {
  for (const filter of filters) {
    const last = await bus.jsm.streams.getMessage(stream, { last_by_subj: filter });
    const info = await bus.jsm.consumers.info(stream, durable);
    if (info.num_pending + info.num_ack_pending > 0) return false;
    if (last && info.ack_floor.stream_seq < last.seq) return false;
  }
  return true;
}

/** Waits until a consumer has settled all that is stored for it. */
export async function settled(bus: Bus, consumer: Settling): Promise<void> {
  await until(`${consumer.durable} has nothing left`, () => isSettled(bus, consumer));
}

/** A consumer of face observations, impatient enough for a test. */
export function probeConsumer(facts: Partial<ConsumerDefinition> = {}): ConsumerDefinition {
  return {
    ...consumers.authObservations,
    durable: 'probe',
    events: [facesObserved],
    filters: ['lk.v1.observation.face.*'],
    start: 'all',
    ...facts,
  };
}

export type FaceHandler = (event: CloudEvent, context: MessageContext) => Promise<void> | void;

/** A whole service whose one handler is given. */
export async function startProbe(
  url: string,
  handler: FaceHandler,
  consumer = probeConsumer(),
): Promise<Service<ProbeConfig>> {
  @Controller()
  class FacesObservedHandler {
    @OnEvent(consumer, facesObserved)
    async handle(event: CloudEvent, context: MessageContext): Promise<void> {
      await handler(event, context);
    }
  }
  const probe = defineService({
    name: 'probe',
    config: probeConfig,
    consumers: [consumer],
    handlers: [FacesObservedHandler],
  });
  const service = await probe.create(configFor(url), { logger: quiet });
  await service.ready(45_000);
  return service;
}

/** Publishes an observation of a door. */
export async function observe(bus: Bus, id: string, door = 'library-north') {
  const data = { ...facesObserved.example, door };
  return await publishEvent(bus, facesObserved, { door }, { id, correlationId: `c-${id}`, data });
}
