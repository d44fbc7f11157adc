import { buckets, doorDisplay, doorPolicy, objectStores } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  LOGGER,
  type Logger,
  loadSigner,
  openBucket,
  openCodedBucket,
  openObjects,
  openSignedBucket,
  REPORT,
  type Report,
  signedEntries,
  watchSignerKey,
} from '@latchkey/runtime';
import type { Provider } from '@nestjs/common';
import type { AuthConfig } from './config.js';
import { Doors } from './doors.js';
import { EffectCarrier } from './effect-carrier.js';
import { RegistryClient } from './registry.client.js';
import { signedDoors } from './signed-doors.js';

/** What auth's handlers are made of. */
export const providers: readonly Provider[] = [
  {
    provide: RegistryClient,
    inject: [CONFIG, LOGGER],
    useFactory: (config: AuthConfig, log: Logger) =>
      new RegistryClient({ address: config.LK_REGISTRY_URL, keysDir: config.LK_KEYS_DIR }, log),
  },
  {
    provide: EffectCarrier,
    inject: [BUS, RegistryClient, REPORT, LOGGER, CONFIG],
    useFactory: openCarrier,
  },
  { provide: Doors, inject: [BUS, EffectCarrier, LOGGER, CONFIG], useFactory: openDoors },
];

async function openCarrier(
  bus: Bus,
  registry: RegistryClient,
  report: Report,
  log: Logger,
  { LK_KEYS_DIR }: AuthConfig,
): Promise<EffectCarrier> {
  const signer = await loadSigner(LK_KEYS_DIR, 'auth');
  const display = await openBucket(bus, buckets.display, doorDisplay);
  const snapshots = await openObjects(bus, objectStores.snapshots);
  const evidence = await openObjects(bus, objectStores.evidence);
  return new EffectCarrier({ bus, registry, display, snapshots, evidence, signer, report, log });
}

async function openDoors(
  bus: Bus,
  carrier: EffectCarrier,
  log: Logger,
  { LK_KEYS_DIR }: AuthConfig,
): Promise<Doors> {
  const signer = await loadSigner(LK_KEYS_DIR, 'auth');
  const publicKeys = watchSignerKey(LK_KEYS_DIR, 'auth');
  const codec = signedDoors(signedEntries(buckets.doors, publicKeys, signer));
  const doors = await openCodedBucket(bus, buckets.doors, codec);
  const policies = await openSignedBucket(bus, buckets.policy, doorPolicy, {
    keysDir: LK_KEYS_DIR,
    signer: 'registry',
  });
  return await Doors.open({ doors, policies, carrier, log, nowMs: () => bus.nowMs() });
}
