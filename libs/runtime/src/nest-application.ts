import 'reflect-metadata';
import {
  type DynamicModule,
  type INestApplication,
  type INestMicroservice,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Bus } from './bus.js';
import type { CommonConfig } from './config.js';
import type { Health } from './health.js';
import type { JetStreamStrategy } from './jetstream.strategy.js';
import { type Logger, nestLogger } from './logger.js';
import type { Metrics } from './metrics.js';
import type { HttpFacts, ServiceDefinition, ServiceOverrides } from './service.js';
import { createReport } from './telemetry.js';
import { BUS, CLOCK, CONFIG, HEALTH, LOGGER, METRICS, REPORT } from './tokens.js';

/** What Nest's application is made of. */
export interface ApplicationFacts<Config extends CommonConfig> {
  readonly definition: ServiceDefinition<Config>;
  readonly config: Config;
  readonly overrides: ServiceOverrides;
  readonly bus: Bus;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly strategy: JetStreamStrategy;
}

/** Nest's application, listening. */
export interface OpenApplication {
  readonly httpUrl: string | undefined;
  get<Value>(token: Type<Value> | string | symbol): Value;
  close(): Promise<void>;
}

/** What runtime offers, to every module of the service. */
@Module({})
class RuntimeModule {}

/** The service's own handlers and providers. */
@Module({})
class ServiceModule {}

/** Makes the application and lets it listen: handlers on the bus and, where there is `http`, HTTP. */
export async function openApplication<Config extends CommonConfig>(
  facts: ApplicationFacts<Config>,
): Promise<OpenApplication> {
  const { definition, config, strategy } = facts;
  const options = { logger: nestLogger(facts.log), abortOnError: false };
  const module = serviceModule(facts);
  const { http } = definition;
  if (!http) {
    const app = await NestFactory.createMicroservice(module, { ...options, strategy });
    return await listening(app, facts, async () => {
      await app.listen();
      return undefined;
    });
  }
  const httpOptions = { ...http.options?.(config), ...options };
  const app = http.adapter
    ? await NestFactory.create(module, http.adapter(), httpOptions)
    : await NestFactory.create(module, httpOptions);
  return await listening(app, facts, async () => {
    app.connectMicroservice({ strategy }, { inheritAppConfig: false });
    await http.configure?.(app, config);
    await app.startAllMicroservices();
    return await listenHttp(app, http, config);
  });
}

async function listening(
  app: INestApplication | INestMicroservice,
  { strategy }: { readonly strategy: JetStreamStrategy },
  listen: () => Promise<string | undefined>,
): Promise<OpenApplication> {
  const close = async () => {
    await strategy.close();
    await app.close();
  };
  try {
    const httpUrl = await listen();
    return { httpUrl, get: (token) => app.get(token, { strict: false }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenHttp<Config>(
  app: INestApplication,
  http: HttpFacts<Config>,
  config: Config,
): Promise<string> {
  await app.listen(http.port(config), http.host(config));
  return await app.getUrl();
}

function serviceModule<Config extends CommonConfig>(
  facts: ApplicationFacts<Config>,
): DynamicModule {
  const { definition, overrides } = facts;
  return {
    module: ServiceModule,
    imports: [runtimeModule(facts), ...(definition.imports ?? [])],
    controllers: [...(definition.handlers ?? [])],
    // Of two providers with one token, Nest takes the later: an override wins.
    providers: [...(definition.providers ?? []), ...(overrides.providers ?? [])],
  };
}

function runtimeModule<Config extends CommonConfig>(
  facts: ApplicationFacts<Config>,
): DynamicModule {
  const { bus, config, log, metrics, health } = facts;
  const providers: Provider[] = [
    { provide: BUS, useValue: bus },
    { provide: CONFIG, useValue: config },
    { provide: LOGGER, useValue: log },
    { provide: METRICS, useValue: metrics },
    { provide: HEALTH, useValue: health },
    { provide: CLOCK, useValue: bus.clock },
    { provide: REPORT, useValue: createReport(log, metrics) },
  ];
  return {
    module: RuntimeModule,
    global: true,
    providers,
    exports: [BUS, CONFIG, LOGGER, METRICS, HEALTH, CLOCK, REPORT],
  };
}
