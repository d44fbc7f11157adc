import { parts } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  defineService,
  HEALTH,
  type Health,
  LOGGER,
  type Logger,
} from '@latchkey/runtime';
import { type RegistryConfig, registryConfig } from './config.js';
import { PairKioskHandler } from './pair-kiosk.handler.js';
import { openRegistry, type Registry } from './registry.js';
import { REGISTRY } from './tokens.js';

export type { RegistryConfig } from './config.js';
export type { Registry } from './registry.js';

export { REGISTRY } from './tokens.js';

/** The registry as a service: people, templates, codes, doors and audit, over gRPC. */
export const registry = defineService({
  ...parts.registry,
  config: registryConfig,
  handlers: [PairKioskHandler],
  providers: [
    {
      provide: REGISTRY,
      inject: [CONFIG, BUS, LOGGER, HEALTH],
      useFactory: (
        config: RegistryConfig,
        bus: Bus,
        log: Logger,
        health: Health,
      ): Promise<Registry> => openRegistry({ config, bus, log, health }),
    },
  ],
});
