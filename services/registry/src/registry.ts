import { type AuditCheckpoint, auditSigned, signerFile } from '@latchkey/contracts';
import { registryCallers, RegistryServiceService } from '@latchkey/contracts/grpc';
import {
  type Bus,
  type Health,
  type Logger,
  loadGrpcIdentity,
  loadSigner,
  publishEvent,
  type RunningGrpc,
  serveGrpc,
  watchPublicKey,
  watchSecret,
  watchSeed,
  watchSignerKey,
} from '@latchkey/runtime';
import { AuditLog } from './audit-log.js';
import {
  codeLifeMsOf,
  grpcAddressOf,
  likenessDaysOf,
  type RegistryConfig,
  retentionMsOf,
  storeUrlOf,
} from './config.js';
import type { RegistryKeys } from './desk.js';
import { auditCollection, checkpointsCollection } from './domain/audit.pure.js';
import { doorsCollection } from './domain/door.pure.js';
import { operatorsCollection } from './domain/operator.pure.js';
import { peopleCollection } from './domain/person.pure.js';
import { sightingsCollection } from './domain/sighting.pure.js';
import { FailedSignInDesk } from './failed-sign-in.desk.js';
import { ForgottenPeople } from './forgotten-people.js';
import { Gallery, type GalleryFacts } from './gallery.js';
import { dropMails } from './mails.js';
import { PairingDesk } from './pairing.desk.js';
import { PeopleDesk } from './people.desk.js';
import { Photographs } from './photographs.js';
import { KeyRound } from './key-round.js';
import { openPolicy } from './policy.js';
import { RegistrationDesk } from './registration.desk.js';
import { registryHandlers } from './registry.grpc.js';
import { reindex, reindexCollections } from './reindex.js';
import { Relay, type RelayedKind } from './relay.js';
import { type Round, startRounds } from './rounds.js';
import { SightingDesk } from './sighting.desk.js';
import { openStore, type Store } from './store/open-store.js';

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
const KEYS_EVERY_MS = 2_000;
const SIGHTINGS_EVERY_MS = 60_000;
const FAILED_SIGN_INS_EVERY_MS = 60_000;
const RETENTION_EVERY_MS = 60 * 60_000;
const SIGN_EVERY_MS = 5 * 60_000;

/** Opens the store, forgets whom it brought back, relays what is owed, fills the buckets, then listens. */
export async function openRegistry({ config, bus, log, health }: RegistryFacts): Promise<Registry> {
  const opened = new AsyncDisposableStack();
  try {
    const keys = await loadKeys(config.LK_KEYS_DIR);
    const store = await openCollections(config);
    opened.defer(() => store.close());
    const nowMs = () => bus.nowMs();
    const tell = (checkpoint: AuditCheckpoint) => tellSigned(bus, checkpoint);
    const audit = new AuditLog({ store, signer: keys.signer, nowMs, tell });
    opened.defer(() => audit.sign());
    await audit.chainLooseEntries();
    health.addCheck('store', () => store.ping().then(() => true as const));
    const mirrors = await openMirrors({ bus, store, keysDir: config.LK_KEYS_DIR, ...keys });
    const forgotten = await ForgottenPeople.open(bus);
    const relay = new Relay(
      { bus, store, audit, signer: keys.signer },
      relayedKinds({ bus, store, audit, forgotten, ...mirrors }),
    );
    opened.defer(() => relay.close());
    const facts = { store, relay, audit, keys, nowMs, codeLifeMs: codeLifeMsOf(config) };
    const sightings = new SightingDesk(facts, likenessDaysOf(config));
    const people = new PeopleDesk(facts, sightings);
    for (const id of await forgotten.among(store)) {
      log.warn({ person: id }, 'the store brought somebody back who was forgotten');
      await people.forgetAgain(id);
    }
    const retention = { keptMs: retentionMsOf(config), nowMs };
    const registration = new RegistrationDesk(facts, sightings);
    const pairing = new PairingDesk(facts);
    const failed = new FailedSignInDesk(facts);
    opened.use(
      startRounds(
        bus,
        roundsOf({ ...mirrors, registration, audit, sightings, people, retention, failed }),
      ),
    );
    relay.start();
    opened.use(startKeyRound({ store, keys, ...mirrors, bus, health }));
    const handlers = registryHandlers(facts, { registration, people, pairing, sightings });
    const address = grpcAddressOf(config);
    const grpc = await serveGrpc({
      address,
      identity: loadGrpcIdentity(config.LK_KEYS_DIR, 'registry'),
      service: RegistryServiceService,
      callers: registryCallers,
      handlers,
      log,
    });
    opened.defer(() => grpc.close());
    log.info({ port: grpc.port }, 'gRPC is up');
    return { grpc, pairing, onModuleDestroy: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Under its place and hash: another instance that signs the same tells it once. */
async function tellSigned(bus: Bus, data: AuditCheckpoint): Promise<void> {
  const id = `audit:${data.seq}:${data.hash.slice(0, 16)}`;
  await publishEvent(bus, auditSigned, {}, { id, correlationId: id, data });
}

async function openCollections(config: RegistryConfig): Promise<Store> {
  const found = [peopleCollection, doorsCollection, operatorsCollection, auditCollection];
  const others = [checkpointsCollection, sightingsCollection, ...reindexCollections];
  const store = await openStore(storeUrlOf(config), [...found, ...others]);
  try {
    await reindex(store, peopleCollection);
    await reindex(store, doorsCollection);
    await reindex(store, operatorsCollection);
    await reindex(store, auditCollection);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Mirrors = Awaited<ReturnType<typeof openMirrors>>;

/** What others hold of people and doors. */
async function openMirrors(facts: GalleryFacts) {
  const { bus, store, keysDir } = facts;
  return {
    gallery: await Gallery.open(facts),
    policy: await openPolicy(bus, store, keysDir),
    photographs: await Photographs.open(bus, store),
  };
}

function relayedKinds({
  bus,
  store,
  audit,
  forgotten,
  gallery,
  policy,
  photographs,
}: Mirrors & { bus: Bus; store: Store; audit: AuditLog; forgotten: ForgottenPeople }) {
  return [
    {
      collection: peopleCollection,
      sync: (id: string) => inStep(gallery.sync(id), photographs.sync(id), store.scrub()),
      drop: (id: string, beforeMs: number) =>
        inStep(
          forgotten.note(id, beforeMs),
          dropMails(bus, id, beforeMs),
          audit.erase(id, beforeMs),
        ),
    } as RelayedKind,
    { collection: doorsCollection, sync: (id: string) => policy.sync(id) } as RelayedKind,
    // Nobody else holds anything of an operator.
    { collection: operatorsCollection, sync: (_id: string) => Promise.resolve() } as RelayedKind,
  ];
}

function roundsOf({
  gallery,
  policy,
  photographs,
  registration,
  audit,
  sightings,
  people,
  retention,
  failed,
}: Mirrors & {
  registration: RegistrationDesk;
  audit: AuditLog;
  sightings: SightingDesk;
  people: PeopleDesk;
  retention: { keptMs: number | null; nowMs: () => number };
  failed: FailedSignInDesk;
}): Round[] {
  return [
    // The whole gallery at first: people may have gone while nobody was here to say so.
    {
      name: 'gallery',
      everyMs: GALLERY_EVERY_MS,
      first: () => gallery.fill(),
      work: () => gallery.fillIfGone(),
    },
    { name: 'policy', everyMs: POLICY_EVERY_MS, work: () => policy.reconcile() },
    { name: 'photographs', everyMs: PHOTOGRAPHS_EVERY_MS, work: () => photographs.reconcile() },
    { name: 'drafts', everyMs: DRAFTS_EVERY_MS, work: () => registration.abandonExpired() },
    { name: 'audit', everyMs: SIGN_EVERY_MS, work: () => audit.sign() },
    { name: 'sightings', everyMs: SIGHTINGS_EVERY_MS, work: () => sightings.tidy() },
    {
      name: 'failed sign-ins',
      everyMs: FAILED_SIGN_INS_EVERY_MS,
      work: () => failed.noteCounted(),
    },
    {
      name: 'retention',
      everyMs: RETENTION_EVERY_MS,
      work: async () => {
        const { keptMs, nowMs } = retention;
        if (keptMs !== null) await people.forgetInactive(nowMs() - keptMs);
      },
    },
  ];
}

/** Follows rotations of keys, and says to who asks what still needs a predecessor. */
function startKeyRound({
  bus,
  health,
  gallery,
  policy,
  ...facts
}: Pick<Mirrors, 'gallery' | 'policy'> & {
  store: Store;
  keys: RegistryKeys;
  bus: Bus;
  health: Health;
}): AsyncDisposable {
  const round = new KeyRound({ ...facts, written: [gallery, policy] });
  health.addNeed('master', () => round.masterNeed());
  health.addNeed('pepper', () => round.pepperNeed());
  health.addNeed('face', () => round.writtenNeed());
  health.addNeed(signerFile('registry'), () => round.writtenNeed());
  return startRounds(bus, [{ name: 'keys', everyMs: KEYS_EVERY_MS, work: () => round.work() }]);
}

/** Waits for all of it. @throws the first failure; the rest is done all the same */
async function inStep(...work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

async function loadKeys(dir: string): Promise<RegistryKeys> {
  return {
    seed: watchSeed(dir, 'registry'),
    masterKey: watchSecret(dir, 'master'),
    pepper: watchSecret(dir, 'pepper'),
    notifyPublicKey: watchPublicKey(dir, 'notify'),
    facePublicKey: watchPublicKey(dir, 'face'),
    signer: await loadSigner(dir, 'registry'),
    signerKeys: watchSignerKey(dir, 'registry'),
  };
}
