import { buckets, streams } from '@latchkey/contracts';
import { answerHealth } from './answer-health.js';
import { type Bus, connectBus } from './bus.js';
import { MAX_CLOCK_OFFSET_MS } from './clock.js';
import { type CommonConfig, readConfig } from './config.js';
import { type Health, startHealth } from './health.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { createLogger, type Logger } from './logger.js';
import { createMetrics, type Metrics } from './metrics.js';
import { type OpenApplication, openApplication } from './nest-application.js';
import type { DefinedService, Service, ServiceDefinition, ServiceOverrides } from './service.js';
import { campusTopology, ensureTopology, type Topology } from './topology.js';
import { waitUntilReady } from './wait-until-ready.js';

/** So long a service waits at its start for what another makes. */
const TOPOLOGY_WAIT_MS = 60_000;

/** Defines a service: data in, a way to read its settings and to create it out. Tests and production take the same way. */
export function defineService<Config extends CommonConfig>(
  definition: ServiceDefinition<Config>,
): DefinedService<Config> {
  return {
    definition,
    readConfig: (env) => readConfig(definition.config, env),
    create: (config, overrides = {}) => createService(definition, config, overrides),
  };
}

async function createService<Config extends CommonConfig>(
  definition: ServiceDefinition<Config>,
  config: Config,
  overrides: ServiceOverrides,
): Promise<Service<Config>> {
  const { name } = definition;
  const log =
    overrides.logger ??
    createLogger({ service: name, instance: config.LK_INSTANCE, level: config.LK_LOG_LEVEL });
  const metrics = createMetrics(name);
  const opened = new AsyncDisposableStack();
  try {
    const health = await startHealth({
      service: name,
      host: config.LK_HEALTH_HOST,
      port: config.LK_HEALTH_PORT,
      metrics,
    });
    opened.defer(() => health.close());
    // Not ready until all is set up, but live: health answers from the first moment on.
    let started = false;
    health.addCheck('started', () => started || 'still starting');
    const bus = await connectBus({
      url: config.NATS_URL,
      name,
      keysDir: config.LK_KEYS_DIR,
      caFile: config.LK_NATS_CA_FILE,
      keepsTopology: definition.keepsTopology ?? false,
      log,
    });
    opened.defer(() => bus.close());
    const answering = answerHealth(bus, health, config.LK_INSTANCE);
    opened.defer(() => answering.stop());
    await bus.clock.measure();
    const topology = topologyOf(definition);
    await ensureTopology(bus, topology, { waitMs: TOPOLOGY_WAIT_MS });
    bus.onReconnect(() => remakeTopology(bus, topology));
    const strategy = new JetStreamStrategy({ bus, metrics, consumers: definition.consumers ?? [] });
    watchHealth({ bus, health, metrics, strategy });
    const application = await openApplication({
      definition,
      config,
      overrides,
      bus,
      log,
      metrics,
      health,
      strategy,
    });
    opened.defer(() => application.close());
    started = true;
    log.info({ healthUrl: health.url, httpUrl: application.httpUrl }, `${name} is up`);
    return serviceOf({
      name,
      config,
      bus,
      log,
      metrics,
      health,
      application,
      close: closeOnce(opened, log),
    });
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

function serviceOf<Config>(facts: {
  name: string;
  config: Config;
  bus: Bus;
  log: Logger;
  metrics: Metrics;
  health: Health;
  application: OpenApplication;
  close: () => Promise<void>;
}): Service<Config> {
  const { name, config, bus, log, metrics, health, application, close } = facts;
  return {
    name,
    config,
    bus,
    log,
    metrics,
    health,
    healthUrl: health.url,
    httpUrl: application.httpUrl,
    get: (token) => application.get(token),
    ready: (timeoutMs) => waitUntilReady(name, health, timeoutMs),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function closeOnce(opened: AsyncDisposableStack, log: Logger): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const close = async () => {
    log.info('closing');
    await opened.disposeAsync();
    log.info('closed');
  };
  return () => (closing ??= close());
}

function topologyOf<Config extends CommonConfig>(definition: ServiceDefinition<Config>): Topology {
  if (definition.keepsTopology) return campusTopology;
  const own = definition.consumers ?? [];
  const names = new Set([...(definition.streams ?? []), ...own.map(({ stream }) => stream)]);
  // Whoever consumes may have to bury.
  const acking = own.filter(({ ack }) => ack === 'explicit');
  if (acking.length > 0) names.add('DEAD');
  const watching = acking.length > 0 ? [buckets.handling] : [];
  return {
    streams: [...names].map((stream) => streams[stream]),
    consumers: own,
    buckets: [...(definition.buckets ?? []), ...watching],
    objectStores: definition.objectStores ?? [],
  };
}

/** A broker that comes back may have lost what it kept in memory. What fails here is mended by whoever meets it. */
function remakeTopology(bus: Bus, topology: Topology): void {
  ensureTopology(bus, topology).catch((err: unknown) =>
    bus.log.warn({ err }, 'not set up anew yet'),
  );
}

function watchHealth(facts: {
  bus: Bus;
  health: Health;
  metrics: Metrics;
  strategy: JetStreamStrategy;
}): void {
  const { bus, health, metrics, strategy } = facts;
  health.addCheck('bus', () => bus.isConnected() || 'LK-BUS-001 the broker is away');
  health.addCheck('consumers', () => {
    const stalled = strategy.stalled();
    return stalled.length === 0 || `cannot pull: ${stalled.join(', ')}`;
  });
  health.addCheck('clock', () => {
    const offsetMs = bus.clock.offsetMs();
    if (offsetMs === null) return 'not compared with the broker yet';
    metrics.clockOffsetSeconds.set(offsetMs / 1_000);
    if (Math.abs(offsetMs) <= MAX_CLOCK_OFFSET_MS) return true;
    return `LK-CLK-001 differs from the broker by ${Math.round(offsetMs)} ms`;
  });
}
