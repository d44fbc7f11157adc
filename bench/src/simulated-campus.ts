import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accessIdentified,
  CONSENT_VERSION,
  codeNotice,
  codesObserved,
  doorOpen,
  type EventDefinition,
  type FacesObserved,
  facesObserved,
  type ObservedFace,
  sealedCode,
  type ShownCode,
} from '@latchkey/contracts';
import { type RegistryCaller, RegistryServiceService } from '@latchkey/contracts/grpc';
import { type Stack, startStack } from '@latchkey/devstack';
import {
  type Bus,
  callUnary,
  connectBus,
  connectGrpc,
  createLogger,
  type GrpcConnection,
  loadGrpcIdentity,
  loadPublicKey,
  loadSecret,
  loadSeed,
  open,
  publishEvent,
  seal,
  subscribeEvents,
} from '@latchkey/runtime';

const CALL = { deadlineMs: 10_000, correlationId: 'bench' };
const TEMPLATE_SIZE = 512;

/** Somebody who was enrolled, with the code that was mailed last. */
interface Holder {
  code: string;
}

interface Keys {
  readonly registry: string;
  readonly notifySeed: string;
  readonly tag: Uint8Array;
}

type Seen = Pick<
  FacesObserved,
  'door' | 'camera' | 'frame' | 'capturedAt' | 'widthPx' | 'heightPx'
>;
type DoorEvent = { readonly door: string; readonly atMs: number };

/** The real broker, registry and two auth replicas; face and qr are played, so that only what lies behind them counts. */
export class SimulatedCampus implements AsyncDisposable {
  readonly #holders = new Map<string, Holder>();
  readonly #heard: Record<'identified' | 'open', Map<string, (event: DoorEvent) => void>> = {
    identified: new Map(),
    open: new Map(),
  };

  private constructor(
    readonly stack: Stack,
    readonly bus: Bus,
    readonly registry: { readonly asAuth: GrpcConnection; readonly asGateway: GrpcConnection },
    private readonly keys: Keys,
    private readonly dataDir: string,
  ) {
    this.#listen('identified', accessIdentified);
    this.#listen('open', doorOpen);
    subscribeEvents(bus, codeNotice, {}, ({ data }) => {
      const text = new TextDecoder().decode(open(keys.notifySeed, data.sealed));
      this.#holders.set(data.person, { code: sealedCode.parse(JSON.parse(text)).text });
    });
  }

  static async start(): Promise<SimulatedCampus> {
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
    const env = { LK_AUTH_REPLICAS: '2', LK_LOG_LEVEL: 'warn' };
    const stack = await startStack({ dataDir, services: ['registry', 'auth'], env });
    const log = createLogger({ service: 'bench', instance: 'bench', level: 'silent' });
    const bus = await connectBus({
      url: stack.broker.url,
      name: 'bench',
      identity: 'admin',
      keysDir: stack.keysDir,
      log,
    });
    const keys = {
      registry: await loadPublicKey(stack.keysDir, 'registry'),
      notifySeed: await loadSeed(stack.keysDir, 'notify'),
      tag: await loadSecret(stack.keysDir, 'tag'),
    };
    const registryAs = (caller: RegistryCaller) => {
      const identity = loadGrpcIdentity(stack.keysDir, caller);
      return connectGrpc({ address: stack.registryUrl, identity, callee: 'registry' });
    };
    const registry = { asAuth: registryAs('auth'), asGateway: registryAs('gateway') };
    return new SimulatedCampus(stack, bus, registry, keys, dataDir);
  }

  async createDoor(door: string): Promise<void> {
    const settingsJson = JSON.stringify({ name: door, audience: 'nobody' });
    const request = { door, settingsJson, by: 'bench' };
    await callUnary(this.registry.asGateway, RegistryServiceService.createDoor, request, CALL);
  }

  /** Enrols somebody whose template points along an axis of its own. */
  async enrol(person: string, axis: number): Promise<void> {
    const facts = { person, name: person, email: `${person}@campus.example`, by: 'bench' };
    const draft = { ...facts, guard: false, groups: [], language: '', consent: CONSENT_VERSION };
    await callUnary(this.registry.asGateway, RegistryServiceService.createDraft, draft, CALL);
    const vector = Array.from({ length: TEMPLATE_SIZE }, (_, i) => Number(i === axis));
    for (let sample = 0; sample < 5; sample++) {
      const sealedTemplate = seal(this.keys.registry, JSON.stringify(vector));
      const request = { person, sealedTemplate, by: 'bench', resembles: [] };
      await callUnary(this.registry.asGateway, RegistryServiceService.addSample, request, CALL);
    }
    const commit = { person, by: 'bench' };
    await callUnary(this.registry.asGateway, RegistryServiceService.commitDraft, commit, CALL);
  }

  /** A code of this person that is valid now, or undefined while none has come. */
  codeOf(person: string): string | undefined {
    return this.#holders.get(person)?.code;
  }

  /** The face of somebody before a door, once. */
  async face(door: string, person: string): Promise<void> {
    await this.#observeFace(this.#seen(door), person);
  }

  /** Somebody and their code before a door, in one frame. */
  async show(door: string, person: string): Promise<void> {
    const seen = this.#seen(door);
    const text = this.codeOf(person) ?? '';
    const tag = this.#tagOf(door, text);
    const code = { kind: 'latchkey', sealed: this.sealCode(text, seen), tag, box: BOX } as const;
    const data = { ...seen, codes: [code] };
    const event = { id: `${seen.frame}:qr`, correlationId: seen.frame, data };
    await Promise.all([
      this.#observeFace(seen, person),
      publishEvent(this.bus, codesObserved, { door }, event),
    ]);
  }

  /** What qr would seal. */
  sealCode(text: string, { door, frame, capturedAt }: Omit<ShownCode, 'text'>): string {
    return seal(this.keys.registry, JSON.stringify({ text, door, frame, capturedAt }));
  }

  /** The next time that this is heard of a door. */
  next(what: 'identified' | 'open', door: string, timeoutMs = 20_000): Promise<DoorEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${door}: not ${what} in time`)), timeoutMs);
      this.#heard[what].set(door, (event) => {
        clearTimeout(timer);
        this.#heard[what].delete(door);
        resolve(event);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.registry.asAuth.close();
    this.registry.asGateway.close();
    await this.bus.close();
    await this.stack.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #listen(what: 'identified' | 'open', definition: EventDefinition): void {
    const tell = (door: string) => this.#heard[what].get(door)?.({ door, atMs: performance.now() });
    subscribeEvents(this.bus, definition, {}, ({ data }) => tell((data as { door: string }).door));
  }

  async #observeFace(seen: Seen, person: string): Promise<void> {
    const picture = randomBytes(8).toString('base64url');
    const faces = [faceOf(person)];
    const data = { ...seen, faces, threshold: 0.5, picture, snapshot: null };
    const event = { id: `${seen.frame}:face`, correlationId: seen.frame, data };
    await publishEvent(this.bus, facesObserved, { door: seen.door }, event);
  }

  #seen(door: string): Seen {
    const capturedAt = Math.round(this.bus.nowMs());
    return { door, camera: 'main', frame: randomUUID(), capturedAt, widthPx: 640, heightPx: 480 };
  }

  #tagOf(door: string, text: string): string {
    const digest = createHmac('sha256', this.keys.tag).update(`${door}\0${text}`).digest();
    return digest.subarray(0, 16).toString('base64url');
  }
}

const BOX = { x: 200, y: 100, width: 180, height: 220 };

function faceOf(person: string): ObservedFace {
  const candidates = [{ person, score: 0.7 }];
  return {
    box: BOX,
    detection: 0.99,
    quality: 0.9,
    usable: true,
    liveness: 0.97,
    candidates,
    clear: true,
  };
}
