import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Capture, type CaptureConfig, capture } from '@latchkey/capture';
import {
  buckets,
  type CloudEvent,
  type CodesObserved,
  codesObserved,
  doorDisplay,
  doorPolicy,
  type DoorDisplay,
  type FacesObserved,
  facesObserved,
  GALLERY_MANIFEST_KEY,
  galleryEntry,
  galleryManifest,
  objectStores,
  streams,
} from '@latchkey/contracts';
import { type Broker, initKeys, startBroker } from '@latchkey/devstack';
import { face, type FaceConfig } from '@latchkey/face';
import { qr, type QrConfig } from '@latchkey/qr';
import {
  type Bucket,
  type Bus,
  connectBus,
  createLogger,
  ensureTopology,
  openBucket,
  openSignedBucket,
  openObjects,
  type Objects,
  seal,
  type Service,
  subscribeEvents,
} from '@latchkey/runtime';
import { createFaceAnalyser, type Embedding, loadModelPack, meanTemplate } from '@latchkey/vision';
import { enrolmentSamples, samplePerson } from '@latchkey/vision/samples';
import { Heard } from './heard.fixture.js';
import { Kiosk, KIOSK_TOKEN } from './kiosk.fixture.js';

/** The SHA-256 digest of the token above, as the registry would put it into the policy. */
export async function digestOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(token));
  return Buffer.from(digest).toString('base64url');
}

/** A broker, keys, and whichever of capture, face and qr a test starts; the test plays the registry and auth. */
export class Edge implements AsyncDisposable {
  readonly faces = new Heard<CloudEvent<FacesObserved>>();
  readonly codes = new Heard<CloudEvent<CodesObserved>>();
  /** Every message on the bus, as subject, headers and payload bytes. */
  readonly everything: { subject: string; bytes: Buffer }[] = [];
  readonly #services: Service[] = [];
  readonly #kiosks: Kiosk[] = [];

  private constructor(
    readonly dataDir: string,
    readonly broker: Broker,
    readonly bus: Bus,
    readonly gallery: Bucket<GalleryValue>,
    readonly policy: Bucket<PolicyValue>,
    readonly display: Bucket<DoorDisplay>,
    readonly snapshots: Objects,
  ) {}

  static async start(): Promise<Edge> {
    const dataDir = await mkdtemp(join(tmpdir(), 'lk-edge-'));
    const broker = await startBroker({ dataDir });
    await initKeys(join(dataDir, 'keys'));
    const log = createLogger({ service: 'test', instance: 'test', level: 'silent' });
    const bus = await connectBus({ url: broker.url, name: 'test', log });
    await ensureTopology(bus, { streams: Object.values(streams) });
    const edge = new Edge(
      dataDir,
      broker,
      bus,
      await openSignedBucket(bus, buckets.gallery, galleryValue, {
        keysDir: join(dataDir, 'keys'),
        signer: 'registry',
        writes: true,
      }),
      await openSignedBucket(bus, buckets.policy, doorPolicy, {
        keysDir: join(dataDir, 'keys'),
        signer: 'registry',
        writes: true,
      }),
      await openBucket(bus, buckets.display, doorDisplay),
      await openObjects(bus, objectStores.snapshots),
    );
    edge.#listen();
    await bus.nc.flush();
    return edge;
  }

  #listen(): void {
    subscribeEvents(this.bus, facesObserved, {}, (event) => this.faces.add(event));
    subscribeEvents(this.bus, codesObserved, {}, (event) => this.codes.add(event));
    this.bus.nc.subscribe('>', {
      callback: (_error, message) => {
        this.everything.push({
          subject: message.subject,
          bytes: Buffer.concat([
            Buffer.from(message.headers ? JSON.stringify([...message.headers]) : ''),
            message.data,
          ]),
        });
      },
    });
  }

  get env(): NodeJS.ProcessEnv {
    return {
      NATS_URL: this.broker.url,
      LK_KEYS_DIR: join(this.dataDir, 'keys'),
      LK_LOG_LEVEL: process.env['LK_LOG_LEVEL'] ?? 'silent',
      LK_KIOSK_PORT: '0',
    };
  }

  async startCapture(env: NodeJS.ProcessEnv = {}): Promise<Service<CaptureConfig>> {
    return this.#keep(await capture.create(capture.readConfig({ ...this.env, ...env })));
  }

  async startFace(env: NodeJS.ProcessEnv = {}): Promise<Service<FaceConfig>> {
    return this.#keep(await face.create(face.readConfig({ ...this.env, ...env })));
  }

  async startQr(env: NodeJS.ProcessEnv = {}): Promise<Service<QrConfig>> {
    return this.#keep(await qr.create(qr.readConfig({ ...this.env, ...env })));
  }

  #keep<S extends Service>(service: S): S {
    this.#services.push(service);
    return service;
  }

  /** Makes a door whose kiosk has the test's token. */
  async putDoor(door: string, token: string | null = KIOSK_TOKEN): Promise<void> {
    const kioskTokenDigest = token === null ? null : await digestOf(token);
    const settings = doorPolicy.parse({ door, name: door, kioskTokenDigest, version: 1 });
    await this.policy.put(door, settings);
  }

  connect(service: Service): Kiosk {
    const kiosk = new Kiosk(service.get(Capture).kioskUrl);
    this.#kiosks.push(kiosk);
    return kiosk;
  }

  /** A kiosk that has been let in. */
  async kioskAt(service: Service, door: string): Promise<Kiosk> {
    await this.putDoor(door);
    await service.ready();
    const kiosk = await this.connect(service).hello(door);
    return kiosk.welcome();
  }

  /** Shows a picture and waits for what a worker sees in it; a frame of an earlier picture that is late does not count. */
  async look(kiosk: Kiosk, door: string, jpeg: Uint8Array): Promise<FacesObserved> {
    const from = this.faces.items.length;
    const isOfIt = ({ data }: CloudEvent<FacesObserved>) =>
      data.door === door && this.isOf(data.frame, jpeg);
    return (await kiosk.showUntil(jpeg, this.faces.first(isOfIt, from))).data;
  }

  /** Whether the frame that went over the bus under this id is that picture. */
  isOf(frame: string, jpeg: Uint8Array): boolean {
    return this.everything.some(
      ({ subject, bytes }) =>
        subject.startsWith('lk.v1.frame.') &&
        bytes.includes(frame) &&
        bytes.subarray(-jpeg.length).equals(jpeg),
    );
  }

  publicKey(name: string): Promise<string> {
    return this.#key(`${name}.pub`);
  }

  seed(name: string): Promise<string> {
    return this.#key(`${name}.seed`);
  }

  async #key(file: string): Promise<string> {
    return (await readFile(join(this.dataDir, 'keys', file), 'utf8')).trim();
  }

  /** Puts people into the gallery, sealed as the registry does, with a manifest that counts `count`. */
  async fillGallery(people: ReadonlyMap<string, Embedding>, count = people.size): Promise<void> {
    const key = await this.publicKey('face');
    for (const [person, vector] of people) {
      await this.gallery.put(person, sealedEntry(key, person, person, vector));
    }
    await this.gallery.put(GALLERY_MANIFEST_KEY, { count, revision: 1, at: Date.now() });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const kiosk of this.#kiosks) kiosk.close();
    await Promise.all(this.#services.map((service) => service.close()));
    await this.bus.close();
    await this.broker.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

const galleryValue = galleryEntry.or(galleryManifest);
type GalleryValue = ReturnType<typeof galleryValue.parse>;
type PolicyValue = ReturnType<typeof doorPolicy.parse>;

/** A gallery entry under one person's name that seals `inside`, who may be another. */
export function sealedEntry(key: string, person: string, inside: string, template: Embedding) {
  const vector = Buffer.from(template.buffer, template.byteOffset, template.byteLength);
  const content = { person: inside, version: 1, vector: vector.toString('base64url') };
  return { person, version: 1, sealed: seal(key, JSON.stringify(content)) };
}

/** Templates of sample people, made as at enrolment: the mean of five samples. */
export async function templatesOf(ids: readonly string[]): Promise<Map<string, Embedding>> {
  const pack = await loadModelPack();
  const analyser = createFaceAnalyser(pack);
  const templates = new Map<string, Embedding>();
  for (const id of ids) {
    const embeddings: Embedding[] = [];
    for (const sample of await enrolmentSamples(samplePerson(id))) {
      const [seen] = (await analyser.analyse(sample, { maxFaces: 1 })).faces;
      if (seen) embeddings.push(seen.embedding);
    }
    templates.set(personIdOf(id), meanTemplate(embeddings));
  }
  await pack.close();
  return templates;
}

/** A sample person's id as a person id, which has no `@`. */
export function personIdOf(sample: string): string {
  return sample.replace('@', '-');
}

/** How a door's display reads when it waits for a named person's code. */
export function displayFor(door: string, name: string): DoorDisplay {
  return {
    door,
    attempt: crypto.randomUUID(),
    phase: 'awaiting-code',
    name,
    language: null,
    reason: null,
    hint: null,
    deadline: Date.now() + 30_000,
    remaining: null,
    lockedUntil: null,
    newCodeSent: false,
    sentence: 'Show your code.',
    at: Date.now(),
  };
}
