import type {
  BucketDefinition,
  ConsumerDefinition,
  ObjectStoreDefinition,
  StreamName,
} from '@latchkey/contracts';
import type {
  INestApplication,
  ModuleMetadata,
  NestApplicationOptions,
  Provider,
  Type,
} from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { Bus } from './bus.js';
import type { CommonConfig, ConfigSchema } from './config.js';
import type { Health } from './health.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** HTTP beside the bus, for a service that people or browsers reach. */
export interface HttpFacts<Config> {
  /** 0: any free one. */
  port(config: Config): number;
  host(config: Config): string;
  /** The HTTP library; Express where left out. */
  adapter?(): AbstractHttpAdapter;
  /** Nest's own options: TLS, body parsing. @throws Failure LK-CFG-001 where a file of the settings cannot be read. */
  options?(config: Config): Omit<NestApplicationOptions, 'logger' | 'abortOnError'>;
  /** Given Nest's application before it listens: pipes, filters, static files. */
  configure?(app: INestApplication, config: Config): void | Promise<void>;
}

/** A service as data. */
export interface ServiceDefinition<Config extends CommonConfig> {
  /** Its name: connection, inbox prefix, queue group, `source` of its events. */
  readonly name: string;
  /** Its settings, `commonConfig` among them. */
  readonly config: ConfigSchema<Config>;
  /** Controllers: for `@OnEvent`, `@OnFrame`, `@OnRequest`, `@OnSubject`, and for HTTP. */
  readonly handlers?: readonly Type[];
  readonly providers?: readonly Provider[];
  readonly imports?: ModuleMetadata['imports'];
  readonly consumers?: readonly ConsumerDefinition[];
  /** Streams into which it publishes; those of its consumers are there anyway. */
  readonly streams?: readonly StreamName[];
  readonly buckets?: readonly BucketDefinition[];
  readonly objectStores?: readonly ObjectStoreDefinition[];
  /** It makes all that is defined for the broker, not only what it needs itself; the others wait for it. */
  readonly keepsTopology?: boolean;
  readonly http?: HttpFacts<Config>;
}

/** What a test may put in place of what production uses. */
export interface ServiceOverrides {
  readonly logger?: Logger;
  /** Providers that replace those with the same token. */
  readonly providers?: readonly Provider[];
}

/** A service that runs. */
export interface Service<Config = unknown> {
  readonly name: string;
  readonly config: Config;
  readonly bus: Bus;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly healthUrl: string;
  /** Where its HTTP is, if it has any. */
  readonly httpUrl: string | undefined;
  /** What Nest made for a token or a class. */
  get<Value>(token: Type<Value> | string | symbol): Value;
  /** Resolves once every check is true. @throws Error that names the checks that are not, after `timeoutMs`. */
  ready(timeoutMs?: number): Promise<void>;
  /** Stops pulling, lets what is in flight end (at most ten seconds), flushes, closes. Twice is fine. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A defined service: reads its settings and is created from them. */
export interface DefinedService<Config extends CommonConfig> {
  readonly definition: ServiceDefinition<Config>;
  /** @throws ConfigError with every fault at once. */
  readConfig(env?: NodeJS.ProcessEnv): Config;
  /** Connects, sets up, listens. Whatever was opened is closed again where it fails on the way. */
  create(config: Config, overrides?: ServiceOverrides): Promise<Service<Config>>;
}
