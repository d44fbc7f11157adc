import { RegistryServiceService } from '@latchkey/contracts/grpc';
import {
  type Bus,
  type Health,
  type Logger,
  loadPublicKey,
  loadSecret,
  loadSeed,
  type RunningGrpc,
  serveGrpc,
} from '@latchkey/runtime';
import { codeLifeMsOf, grpcAddressOf, type RegistryConfig, storeUrlOf } from './config.js';
import type { RegistryKeys } from './desk.js';
import { auditCollection } from './domain/audit.pure.js';
import { doorsCollection } from './domain/door.pure.js';
import { operatorsCollection } from './domain/operator.pure.js';
import { peopleCollection } from './domain/person.pure.js';
import { Gallery } from './gallery.js';
import { dropMails } from './mails.js';
import { PairingDesk } from './pairing.desk.js';
import { Photographs } from './photographs.js';
import { openPolicy } from './policy.js';
import { RegistrationDesk } from './registration.desk.js';
import { registryHandlers } from './registry.grpc.js';
import { reindex, reindexCollections } from './reindex.js';
import { Relay, type RelayedKind } from './relay.js';
import { startRounds } from './rounds.js';
import { openStore } from './store/open-store.js';

/** What the registry is given by runtime. */
export interface RegistryFacts {
  readonly config: RegistryConfig;
  readonly bus: Bus;
  readonly log: Logger;
  readonly health: Health;
}

/** The registry, listening. */
export interface Registry {
  readonly grpc: RunningGrpc;
  readonly pairing: PairingDesk;
  onModuleDestroy(): Promise<void>;
}

const GALLERY_EVERY_MS = 3_000;
const POLICY_EVERY_MS = 30_000;
const DRAFTS_EVERY_MS = 15_000;
const PHOTOGRAPHS_EVERY_MS = 30_000;

/** Opens the store, relays what is owed, fills the buckets, then listens. */
export async function openRegistry({ config, bus, log, health }: RegistryFacts): Promise<Registry> {
  const opened = new AsyncDisposableStack();
  try {
    const keys = await loadKeys(config.LK_KEYS_DIR);
    const collections = [
      peopleCollection,
      doorsCollection,
      operatorsCollection,
      auditCollection,
      ...reindexCollections,
    ];
    const store = await openStore(storeUrlOf(config), collections);
    opened.defer(() => store.close());
    await reindex(store, peopleCollection);
    await reindex(store, doorsCollection);
    await reindex(store, operatorsCollection);
    await reindex(store, auditCollection);
    health.addCheck('store', () => store.ping().then(() => true as const));
    const { masterKey, facePublicKey } = keys;
    const gallery = await Gallery.open({ bus, store, masterKey, facePublicKey });
    const policy = await openPolicy(bus, store);
    const photographs = await Photographs.open(bus, store);
    const syncPerson = (id: string) =>
      inStep(gallery.sync(id), photographs.sync(id), store.scrub());
    const relay = new Relay(bus, store, [
      {
        collection: peopleCollection,
        sync: syncPerson,
        drop: (id: string, beforeMs: number) => dropMails(bus, id, beforeMs),
      } as RelayedKind,
      { collection: doorsCollection, sync: (id: string) => policy.sync(id) } as RelayedKind,
      // Nobody else holds anything of an operator.
      { collection: operatorsCollection, sync: (_id: string) => Promise.resolve() } as RelayedKind,
    ]);
    opened.defer(() => relay.close());
    const nowMs = () => bus.nowMs();
    const facts = { store, relay, keys, nowMs, codeLifeMs: codeLifeMsOf(config) };
    const registration = new RegistrationDesk(facts);
    const pairing = new PairingDesk(facts);
    opened.use(
      startRounds(bus, [
        // The whole gallery at first: people may have gone while nobody was here to say so.
        {
          name: 'gallery',
          everyMs: GALLERY_EVERY_MS,
          first: () => gallery.fill(),
          work: () => gallery.fillIfGone(),
        },
        { name: 'policy', everyMs: POLICY_EVERY_MS, work: () => policy.reconcile() },
        {
          name: 'photographs',
          everyMs: PHOTOGRAPHS_EVERY_MS,
          work: () => photographs.reconcile(),
        },
        { name: 'drafts', everyMs: DRAFTS_EVERY_MS, work: () => registration.abandonExpired() },
      ]),
    );
    relay.start();
    const handlers = registryHandlers(facts, { registration, pairing });
    const address = grpcAddressOf(config);
    const grpc = await serveGrpc({ address, service: RegistryServiceService, handlers, log });
    opened.defer(() => grpc.close());
    log.info({ port: grpc.port }, 'gRPC is up');
    return { grpc, pairing, onModuleDestroy: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Waits for all of it. @throws the first failure; the rest is done all the same */
async function inStep(...work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

async function loadKeys(dir: string): Promise<RegistryKeys> {
  const [seed, masterKey, pepper, notifyPublicKey, facePublicKey] = await Promise.all([
    loadSeed(dir, 'registry'),
    loadSecret(dir, 'master'),
    loadSecret(dir, 'pepper'),
    loadPublicKey(dir, 'notify'),
    loadPublicKey(dir, 'face'),
  ]);
  return { seed, masterKey, pepper, notifyPublicKey, facePublicKey };
}
