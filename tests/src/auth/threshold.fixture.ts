import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auth } from '@latchkey/auth';
import {
  buckets,
  type CloudEvent,
  type CodesObserved,
  cancelRequested,
  codesObserved,
  type DoorDisplay,
  type DoorSettings,
  doorDisplay,
  doorOpen,
  doorPolicy,
  doorSettings,
  type FacesObserved,
  facesObserved,
  newCodeRequested,
  type ObservedFace,
  objectStores,
  parseEnvelope,
  streams,
} from '@latchkey/contracts';
import { type Broker, initKeys, startBroker } from '@latchkey/devstack';
import {
  type Bucket,
  type Bus,
  campusTopology,
  ensureTopology,
  openBucket,
  openSignedBucket,
  openObjects,
  publishEvent,
  type ServiceOverrides,
  subscribeEvents,
} from '@latchkey/runtime';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { faceOf, Filming, until } from './filming.fixture.js';
import { type SmallRegistry, startSmallRegistry } from './registry.fixture.js';

type Auth = Awaited<ReturnType<typeof auth.create>>;
type Told = CloudEvent<Record<string, unknown>>;

/** auth's replicas between a real broker and a small registry over real gRPC; a test plays face, qr and kiosk. */
export class Threshold implements AsyncDisposable {
  readonly broker: Broker;
  readonly registry: SmallRegistry;
  readonly bus: Bus;
  /** What the locks' relays heard. */
  readonly opened: CloudEvent[] = [];
  readonly keysDir: string;
  readonly #dataDir: string;
  readonly #display: Bucket<DoorDisplay>;
  readonly #replicas: Auth[] = [];
  /** Who stood there last, by door. */
  readonly #there = new Map<string, Parameters<Threshold['face']>>();

  readonly #filming: Filming;

  private constructor(facts: {
    broker: Broker;
    registry: SmallRegistry;
    bus: Bus;
    dataDir: string;
    display: Bucket<DoorDisplay>;
  }) {
    this.broker = facts.broker;
    this.registry = facts.registry;
    this.bus = facts.bus;
    this.#dataDir = facts.dataDir;
    this.keysDir = join(facts.dataDir, 'keys');
    this.#display = facts.display;
    this.#filming = new Filming(facts.bus);
    subscribeEvents(this.bus, doorOpen, {}, (event) => void this.opened.push(event));
  }

  static async open(replicas = 2): Promise<Threshold> {
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-auth-'));
    const keysDir = join(dataDir, 'keys');
    await initKeys(keysDir);
    const broker = await startBroker({ dataDir, keysDir });
    const registry = await startSmallRegistry(keysDir);
    const bus = await connectAsAdmin(broker.url, keysDir);
    await ensureTopology(bus, campusTopology);
    const display = await openBucket(bus, buckets.display, doorDisplay);
    const threshold = new Threshold({ broker, registry, bus, dataDir, display });
    for (let at = 0; at < replicas; at++) await threshold.startAuth();
    return threshold;
  }

  /** Starts one more replica; `registry`: another than the small one. */
  async startAuth(
    overrides: ServiceOverrides = {},
    registry = this.registry.address,
  ): Promise<Auth> {
    const config = auth.readConfig({
      NATS_URL: this.broker.url,
      LK_KEYS_DIR: this.keysDir,
      LK_REGISTRY_URL: registry,
      LK_LOG_LEVEL: process.env['LK_LOG_LEVEL'] ?? 'silent',
    });
    const replica = await auth.create(config, overrides);
    this.#replicas.push(replica);
    return replica;
  }

  /** Makes a door known, and waits until it shows that it is open for people. */
  async setDoor(door: string, settings: Partial<DoorSettings> = {}): Promise<void> {
    const signs = { keysDir: this.keysDir, signer: 'registry', writes: true } as const;
    const policies = await openSignedBucket(this.bus, buckets.policy, doorPolicy, signs);
    const parsed = doorSettings.parse({ name: `Door ${door}`, ...settings });
    await policies.put(door, { ...parsed, door, kioskTokenDigest: null, version: 1 });
    const expected = parsed.outOfService ? 'out-of-service' : 'idle';
    await this.shows(door, ({ phase }) => phase === expected);
  }

  /** A frame of a face, now. `who`: whom it resembles; null: nobody is there. */
  async face(
    door: string,
    who: readonly string[] | null,
    facts: Partial<FacesObserved> & { readonly face?: Partial<ObservedFace> } = {},
  ): Promise<FacesObserved> {
    const { face, ...rest } = facts;
    const { frame: _frame, capturedAt: _at, ...lasting } = facts;
    this.#there.set(door, [door, who, lasting]);
    const seen: FacesObserved = {
      ...this.#seen(door),
      faces: who === null ? [] : [{ ...faceOf(who), ...face }],
      threshold: 0.4,
      picture: randomBytes(8).toString('base64url'),
      snapshot: null,
      ...rest,
    };
    const id = `${seen.frame}:face`;
    const event = { id, correlationId: seen.frame, data: seen };
    await publishEvent(this.bus, facesObserved, { door }, event);
    return seen;
  }

  /** A frame of a code, now, with the face that was seen there last. */
  async code(
    door: string,
    tag: string,
    facts: Partial<CodesObserved> = {},
  ): Promise<CodesObserved> {
    const box = { x: 250, y: 160, width: 140, height: 140 };
    const shown = { kind: 'latchkey', sealed: 'c2VhbGVk', tag: tag.padEnd(22, 'A'), box } as const;
    const seen: CodesObserved = { ...this.#seen(door), codes: [shown], ...facts };
    const event = { id: `${seen.frame}:qr`, correlationId: seen.frame, data: seen };
    await publishEvent(this.bus, codesObserved, { door }, event);
    const [, who, more] = this.#there.get(door) ?? [door, null];
    await this.face(door, who, { ...more, frame: seen.frame, capturedAt: seen.capturedAt });
    return seen;
  }

  /** What qr tells of a frame without a code. */
  async #seesNoCode(facts: FacesObserved) {
    const { faces: _f, threshold: _t, picture: _p, snapshot: _s, ...seen } = facts;
    const id = `${seen.frame}:qr`;
    const event = { id, correlationId: seen.frame, data: { ...seen, codes: [] } };
    await publishEvent(this.bus, codesObserved, { door: seen.door }, event);
  }

  /** Holds a code up until the door has told of something whose type ends so. */
  async holdsUp(
    door: string,
    type: string,
    frame: () => Promise<CodesObserved> = () => this.code(door, 'one'),
  ): Promise<CodesObserved[]> {
    const shown: CodesObserved[] = [];
    const film = async () => void shown.push(await frame());
    await this.#filming.filmed(film, () => this.tells(door, type));
    return shown;
  }

  /** Holds a code up until the door shows something. */
  async holdsUpUntil(
    door: string,
    holds: (display: DoorDisplay) => boolean,
    frame: () => Promise<CodesObserved>,
  ): Promise<DoorDisplay> {
    return await this.#filming.filmed(frame, () => this.shows(door, holds));
  }

  /** Ends all replicas. */
  async stopAuth(): Promise<void> {
    await Promise.all(this.#replicas.splice(0).map((replica) => replica.close()));
  }

  /** Waits until the test itself has the broker again. */
  async reconnected(): Promise<void> {
    await until('the broker is back', async () => {
      await this.bus.nc.flush().catch(() => undefined);
      return this.bus.isConnected();
    });
  }

  async wishes(door: string, wish: 'cancel' | 'new-code'): Promise<void> {
    const definition = wish === 'cancel' ? cancelRequested : newCodeRequested;
    const id = randomUUID();
    await publishEvent(this.bus, definition, { door }, { id, correlationId: id, data: { door } });
  }

  /** Stands before the camera while something else goes on: who is not seen for five seconds has left. */
  async standsWhile<Result>(
    door: string,
    who: readonly string[] | null,
    work: () => Promise<Result>,
    facts: Parameters<Threshold['face']>[2] = {},
  ): Promise<Result> {
    return await this.#filming.filmed(
      async () => this.#seesNoCode(await this.face(door, who, facts)),
      work,
    );
  }

  /** Stands before the camera until the door shows something. */
  async standsUntil(
    door: string,
    who: readonly string[] | null,
    holds: (display: DoorDisplay) => boolean,
    facts: Parameters<Threshold['face']>[2] = {},
  ): Promise<DoorDisplay> {
    return await this.standsWhile(door, who, () => this.shows(door, holds), facts);
  }

  async isRecognised(door: string, who: readonly string[]): Promise<DoorDisplay> {
    return await this.standsUntil(door, who, ({ phase }) => phase === 'awaiting-code');
  }

  /**
   * Is recognised, and greeted by name. A door does not wait for a name that comes too late, as on a slow machine: who is
   * greeted without gives up, and comes again.
   */
  async isGreeted(door: string, who: readonly string[], name: string): Promise<DoorDisplay> {
    let greeting: DoorDisplay | undefined;
    await until(`the door ${door} greets ${name}`, async () => {
      greeting = await this.isRecognised(door, who);
      if (greeting.name === name) return true;
      await this.wishes(door, 'cancel');
      await this.standsUntil(door, null, ({ phase }) => phase === 'idle');
      return false;
    });
    return greeting as DoorDisplay;
  }

  async shows(door: string, holds: (display: DoorDisplay) => boolean): Promise<DoorDisplay> {
    let shown: DoorDisplay | undefined;
    await until(`the door ${door} shows it`, async () => {
      shown = (await this.#display.get(door))?.value;
      return shown !== undefined && holds(shown);
    });
    return shown as DoorDisplay;
  }

  /**
   * All that is stored of a door, in order. Nothing of other doors is read: twenty doors that each read all that the others
   * were told took so long between two frames that people were taken to have left.
   */
  async told(door: string, stream: 'ACCESS' | 'ALARMS' = 'ACCESS'): Promise<Told[]> {
    const subject = streams[stream].subjects[0]?.replace('*', door) ?? '';
    const events: Told[] = [];
    for (let seq = 1; ; ) {
      const query = { seq, next_by_subj: subject };
      const message = await this.bus.jsm.streams.getMessage(stream, query);
      if (!message) return events;
      events.push(parseEnvelope(message.data) as Told);
      seq = message.seq + 1;
    }
  }

  /** Waits for an event at a door whose type ends so. */
  async tells(door: string, type: string, stream: 'ACCESS' | 'ALARMS' = 'ACCESS'): Promise<Told> {
    let found: Told | undefined;
    await until(`${type} is told of ${door}`, async () => {
      found = (await this.told(door, stream)).find((event) => event.type.endsWith(type));
      return found !== undefined;
    });
    return found as Told;
  }

  readonly snapshots = () => openObjects(this.bus, objectStores.snapshots);
  readonly evidence = () => openObjects(this.bus, objectStores.evidence);

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopAuth();
    await this.bus.close();
    await this.registry[Symbol.asyncDispose]();
    await this.broker.close();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  #seen(door: string) {
    const frame = randomUUID();
    const capturedAt = this.bus.nowMs();
    return { door, camera: 'main', frame, capturedAt, widthPx: 640, heightPx: 480 };
  }
}
