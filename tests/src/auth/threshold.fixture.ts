import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
  type StreamName,
} from '@latchkey/contracts';
import { type Broker, startBroker } from '@latchkey/devstack';
import {
  type Bucket,
  type Bus,
  connectBus,
  createLogger,
  openBucket,
  openObjects,
  publishEvent,
  type ServiceOverrides,
  subscribeEvents,
} from '@latchkey/runtime';
import { type SmallRegistry, startSmallRegistry } from './registry.fixture.js';

type Auth = Awaited<ReturnType<typeof auth.create>>;
type Told = CloudEvent<Record<string, unknown>>;

const FRAME_MS = 60;
const WAIT_MS = 45_000;

/** auth's replicas between a real broker and a small registry over real gRPC; a test plays face, qr and kiosk. */
export class Threshold implements AsyncDisposable {
  readonly broker: Broker;
  readonly registry: SmallRegistry;
  readonly bus: Bus;
  /** What the locks' relays heard. */
  readonly opened: CloudEvent[] = [];
  readonly #dataDir: string;
  readonly #display: Bucket<DoorDisplay>;
  readonly #replicas: Auth[] = [];
  /** Who stood there last, by door. */
  readonly #there = new Map<string, Parameters<Threshold['face']>>();

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
    this.#display = facts.display;
    subscribeEvents(this.bus, doorOpen, {}, (event) => void this.opened.push(event));
  }

  static async open(replicas = 2): Promise<Threshold> {
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-auth-'));
    const broker = await startBroker({ dataDir });
    const registry = await startSmallRegistry();
    const log = createLogger({ service: 'test', instance: 'test', level: 'silent' });
    const bus = await connectBus({ url: broker.url, name: 'test', log });
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
      LK_REGISTRY_URL: registry,
      LK_LOG_LEVEL: process.env['LK_LOG_LEVEL'] ?? 'silent',
    });
    const replica = await auth.create(config, overrides);
    this.#replicas.push(replica);
    return replica;
  }

  /** Makes a door known, and waits until it shows that it is open for people. */
  async setDoor(door: string, settings: Partial<DoorSettings> = {}): Promise<void> {
    const policies = await openBucket(this.bus, buckets.policy, doorPolicy);
    const parsed = doorSettings.parse({ name: `Door ${door}`, ...settings });
    await policies.put(door, { ...parsed, door, kioskTokenDigest: null, version: 1 });
    await this.shows(
      door,
      ({ phase }) => phase === (parsed.outOfService ? 'out-of-service' : 'idle'),
    );
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

  /** Holds a code up, frame after frame as before a camera, until the door has told of something whose type ends so. */
  async holdsUp(
    door: string,
    type: string,
    frame: () => Promise<CodesObserved> = () => this.code(door, 'one'),
  ): Promise<CodesObserved[]> {
    const shown: CodesObserved[] = [];
    await until(`${type} is told of ${door}`, async () => {
      shown.push(await frame());
      await delay(FRAME_MS);
      return (await this.told(door)).some((event) => event.type.endsWith(type));
    });
    return shown;
  }

  /** Ends all replicas. */
  async stopAuth(): Promise<void> {
    await Promise.all(this.#replicas.splice(0).map((replica) => replica.close()));
  }

  /** Waits until the test itself has the broker again. */
  async reconnected(): Promise<void> {
    await until('the broker is back', () =>
      this.bus.nc.flush().then(
        () => this.bus.isConnected(),
        () => false,
      ),
    );
  }

  async wishes(door: string, wish: 'cancel' | 'new-code'): Promise<void> {
    const definition = wish === 'cancel' ? cancelRequested : newCodeRequested;
    const id = randomUUID();
    await publishEvent(this.bus, definition, { door }, { id, correlationId: id, data: { door } });
  }

  /** Stands before the camera, frame by frame, until the door shows something. */
  async standsUntil(
    door: string,
    who: readonly string[] | null,
    holds: (display: DoorDisplay) => boolean,
    facts: Parameters<Threshold['face']>[2] = {},
  ): Promise<DoorDisplay> {
    let shown: DoorDisplay | undefined;
    await until(`the door ${door} shows it`, async () => {
      await this.face(door, who, facts);
      await delay(FRAME_MS);
      shown = (await this.#display.get(door))?.value;
      return shown !== undefined && holds(shown);
    });
    return shown as DoorDisplay;
  }

  async isRecognised(door: string, who: readonly string[]): Promise<DoorDisplay> {
    return await this.standsUntil(door, who, ({ phase }) => phase === 'awaiting-code');
  }

  async shows(door: string, holds: (display: DoorDisplay) => boolean): Promise<DoorDisplay> {
    let shown: DoorDisplay | undefined;
    await until(`the door ${door} shows it`, async () => {
      shown = (await this.#display.get(door))?.value;
      return shown !== undefined && holds(shown);
    });
    return shown as DoorDisplay;
  }

  /** All that is stored of a door, in order. */
  async told(door: string, stream: StreamName = 'ACCESS'): Promise<Told[]> {
    const { state } = await this.bus.jsm.streams.info(stream);
    const events: Told[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      const message = await this.bus.jsm.streams.getMessage(stream, { seq });
      if (message?.subject.split('.')[3] !== door) continue;
      events.push(parseEnvelope(message.data) as Told);
    }
    return events;
  }

  /** Waits for an event at a door whose type ends so. */
  async tells(door: string, type: string, stream: StreamName = 'ACCESS'): Promise<Told> {
    let found: Told | undefined;
    await until(`${type} is told of ${door}`, async () => {
      found = (await this.told(door, stream)).find((event) => event.type.endsWith(type));
      return found !== undefined;
    });
    return found as Told;
  }

  async snapshots() {
    return await openObjects(this.bus, objectStores.snapshots);
  }

  async evidence() {
    return await openObjects(this.bus, objectStores.evidence);
  }

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

function faceOf(who: readonly string[]): ObservedFace {
  return {
    box: { x: 200, y: 100, width: 180, height: 220 },
    detection: 0.99,
    quality: 0.9,
    usable: true,
    liveness: 0.97,
    candidates: who.map((person, at) => ({ person, score: 0.7 - at / 100 })),
    clear: who.length === 1,
  };
}

/** Waits until something holds, with a bound. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(20);
  }
}
