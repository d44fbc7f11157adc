import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  buckets,
  consumers,
  type DoorPolicy,
  deadHeaders,
  delivery,
  doorPolicy,
  doorSettings,
  objectStores,
  streams,
} from '@latchkey/contracts';
import {
  type Broker,
  initKeys,
  type MailCatcher,
  startBroker,
  startMailCatcher,
} from '@latchkey/devstack';
import { notify } from '@latchkey/notify';
import {
  type Bus,
  connectBus,
  createLogger,
  ensureTopology,
  loadPublicKey,
  openBucket,
  openSignedBucket,
  openObjects,
  seal,
  sealBytes,
} from '@latchkey/runtime';
import { settled } from '../runtime/probe.fixture.js';
import { type SmallRegistry, startSmallRegistry } from './registry.fixture.js';

export type Notify = Awaited<ReturnType<typeof notify.create>>;

/** notify between a real broker, a real mail server and a small registry over real gRPC. */
export class PostOffice implements AsyncDisposable {
  readonly dataDir: string;
  readonly broker: Broker;
  readonly mail: MailCatcher;
  readonly registry: SmallRegistry;
  readonly bus: Bus;
  /** Every line that notify logged. */
  readonly logged: string[] = [];
  readonly #opened: AsyncDisposableStack;

  private constructor(facts: {
    dataDir: string;
    broker: Broker;
    mail: MailCatcher;
    registry: SmallRegistry;
    bus: Bus;
    opened: AsyncDisposableStack;
  }) {
    this.dataDir = facts.dataDir;
    this.broker = facts.broker;
    this.mail = facts.mail;
    this.registry = facts.registry;
    this.bus = facts.bus;
    this.#opened = facts.opened;
  }

  static async open(): Promise<PostOffice> {
    await using opened = new AsyncDisposableStack(); // what was opened goes again where the rest fails
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-notify-'));
    opened.defer(() => rm(dataDir, { recursive: true, force: true }));
    const broker = opened.use(await startBroker({ dataDir: join(dataDir, 'broker') }));
    const mail = opened.use(await startMailCatcher({ dataDir: join(dataDir, 'mail') }));
    const keysDir = join(dataDir, 'keys');
    await initKeys(keysDir);
    const registry = opened.use(await startSmallRegistry(keysDir));
    const log = createLogger({ service: 'test', instance: 'test', level: 'silent' });
    const bus = await connectBus({ url: broker.url, name: 'test', log });
    opened.defer(() => bus.close());
    await ensureTopology(bus, {
      streams: [streams.ACCESS, streams.ALARMS, streams.REGISTRY, streams.NOTICES],
    });
    return new PostOffice({ dataDir, broker, mail, registry, bus, opened: opened.move() });
  }

  get keysDir(): string {
    return join(this.dataDir, 'keys');
  }

  /** The settings of a notify that works here. */
  env(): Record<string, string> {
    return {
      NATS_URL: this.broker.url,
      LK_KEYS_DIR: this.keysDir,
      LK_REGISTRY_URL: this.registry.address,
      LK_MAIL_FROM: 'Campus doors <doors@campus.example>',
      LK_TIME_ZONE: 'UTC',
      ...this.mail.env(),
    };
  }

  /** Starts one more notify. `env` changes its settings. */
  async startNotify(env: Record<string, string> = {}): Promise<Notify> {
    const config = notify.readConfig({ ...this.env(), ...env });
    const destination = { write: (line: string) => void this.logged.push(line) };
    const logger = createLogger({
      service: 'notify',
      instance: 'test',
      level: 'trace',
      destination,
    });
    const service = await notify.create(config, { logger });
    this.#opened.use(service);
    return service;
  }

  /** Makes a door known, with its name and who hears. */
  async setDoor(door: string, settings: Partial<DoorPolicy> & { name: string }): Promise<void> {
    const policies = await openSignedBucket(this.bus, buckets.policy, doorPolicy, {
      keysDir: this.keysDir,
      signer: 'registry',
      writes: true,
    });
    const policy = { ...doorSettings.parse(settings), door, kioskTokenDigest: null, version: 1 };
    await policies.put(door, policy);
  }

  /** Seals for notify, as the registry does. */
  async sealForNotify(content: object): Promise<string> {
    return seal(await loadPublicKey(this.keysDir, 'notify'), JSON.stringify(content));
  }

  /** Keeps a photograph, as face and auth do. @returns its key */
  async keepEvidence(jpeg: Uint8Array): Promise<string> {
    const key = `library.${randomUUID()}`;
    const objects = await openObjects(this.bus, objectStores.evidence);
    await objects.put(key, sealBytes(await loadPublicKey(this.keysDir, 'evidence'), jpeg));
    return key;
  }

  /** Waits until notify has no work left: no event unhandled, no mail to be sent. */
  async settled(): Promise<void> {
    const { notifyAccess, notifyAlarms, notifyRegistry, notifyCode, notifyMail } = consumers;
    // In this order: who reads an event has made its jobs before the event counts as handled.
    for (const consumer of [notifyAccess, notifyAlarms, notifyRegistry, notifyCode, notifyMail]) {
      await settled(this.bus, consumer);
    }
  }

  /** The dead letters so far: reason and code of each. */
  async deadLetters(): Promise<{ reason: string; code: string }[]> {
    const { state } = await this.bus.jsm.streams.info(streams.DEAD.name);
    const letters = [];
    for (let seq = state.first_seq; seq <= state.last_seq && seq > 0; seq++) {
      const message = await this.bus.jsm.streams.getMessage(streams.DEAD.name, { seq });
      const header = (name: string) => message?.header.get(name) ?? '';
      letters.push({ reason: header(deadHeaders.reason), code: header(deadHeaders.code) });
    }
    return letters;
  }

  async deliveries() {
    const ledger = await openBucket(this.bus, buckets.deliveries, delivery);
    const entries = await Promise.all((await ledger.keys()).map((key) => ledger.get(key)));
    return entries.flatMap((entry) => (entry ? [entry.value] : []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }
}

/** The people of most tests: Asha, Ben, and Carol, who is a guard. */
export function populate(registry: SmallRegistry): void {
  registry.people.set('asha', { name: 'Asha Rao', email: 'asha@campus.example', groups: ['lab'] });
  registry.people.set('ben', { name: 'Ben Okafor', email: 'ben@campus.example' });
  registry.people.set('carol', { name: 'Carol Diaz', email: 'carol@campus.example', guard: true });
}

/** Waits until something holds, for at most 45 seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 45_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(20);
  }
}
