import { buckets, doorDisplay, doorPolicy, objectStores } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  LOGGER,
  type Logger,
  openBucket,
  openObjects,
  REPORT,
  type Report,
} from '@latchkey/runtime';
import type { Provider } from '@nestjs/common';
import type { AuthConfig } from './config.js';
import { doorEntry } from './saga/door-entry.pure.js';
import { Doors } from './doors.js';
import { EffectCarrier } from './effect-carrier.js';
import { RegistryClient } from './registry.client.js';

/** What auth's handlers are made of. */
export const providers: readonly Provider[] = [
  {
    provide: RegistryClient,
    inject: [CONFIG, LOGGER],
    useFactory: (config: AuthConfig, log: Logger) =>
      new RegistryClient(config.LK_REGISTRY_URL, log),
  },
  {
    provide: EffectCarrier,
    inject: [BUS, RegistryClient, REPORT, LOGGER],
    useFactory: openCarrier,
  },
  { provide: Doors, inject: [BUS, EffectCarrier, LOGGER], useFactory: openDoors },
];

async function openCarrier(
  bus: Bus,
  registry: RegistryClient,
  report: Report,
  log: Logger,
): Promise<EffectCarrier> {
  const display = await openBucket(bus, buckets.display, doorDisplay);
  const snapshots = await openObjects(bus, objectStores.snapshots);
  const evidence = await openObjects(bus, objectStores.evidence);
  return new EffectCarrier({ bus, registry, display, snapshots, evidence, report, log });
}

async function openDoors(bus: Bus, carrier: EffectCarrier, log: Logger): Promise<Doors> {
  const doors = await openBucket(bus, buckets.doors, doorEntry);
  const policies = await openBucket(bus, buckets.policy, doorPolicy);
  return await Doors.open({ doors, policies, carrier, log, nowMs: () => bus.nowMs() });
}
