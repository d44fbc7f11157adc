import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buckets, GALLERY_MANIFEST_KEY, galleryEntry, galleryManifest } from '@latchkey/contracts';
import { type Broker, initKeys, startBroker } from '@latchkey/devstack';
import { REGISTRY, type Registry, registry } from '@latchkey/registry';
import {
  BUS,
  type Bus,
  connectBus,
  createLogger,
  type Logger,
  openSignedBucket,
} from '@latchkey/runtime';
import { z } from 'zod';
import { Neighbour } from './neighbour.js';
import { PostBox } from './post-box.js';
import { until } from './until.js';

export const quiet: Logger = createLogger({
  service: 'test',
  instance: 'test',
  level: process.env['LK_LOG_LEVEL'] ?? 'silent',
});

/** An instance of the registry, and a neighbour who calls it. */
export interface Instance {
  readonly neighbour: Neighbour;
  /** `host:port` of its gRPC. */
  readonly address: string;
  close(): Promise<void>;
}

/** A real broker, a real store and real keys; instances of the registry come and go. */
export class Office implements AsyncDisposable {
  readonly folder: string;
  readonly keysDir: string;
  readonly storeUrl: string;
  readonly broker: Broker;
  readonly bus: Bus;
  readonly post: PostBox;

  /** `storeUrl`: a store other than a file in the office's folder. */
  static async open(storeUrl?: string): Promise<Office> {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-registry-'));
    const keysDir = join(folder, 'keys');
    await initKeys(keysDir);
    const broker = await startBroker({ dataDir: join(folder, 'nats') });
    const bus = await connectBus({ url: broker.url, name: 'test', log: quiet });
    const post = await PostBox.open(bus, keysDir);
    return new Office({ folder, keysDir, broker, bus, post, storeUrl });
  }

  private constructor(facts: {
    folder: string;
    keysDir: string;
    broker: Broker;
    bus: Bus;
    post: PostBox;
    storeUrl: string | undefined;
  }) {
    this.folder = facts.folder;
    this.keysDir = facts.keysDir;
    this.broker = facts.broker;
    this.bus = facts.bus;
    this.post = facts.post;
    this.storeUrl = facts.storeUrl ?? `file:${join(this.folder, 'data', 'registry.db')}`;
  }

  /** Starts an instance of the registry, as production does; `aheadMs`: as if it were so much later. */
  async start(aheadMs = 0, env: Readonly<Record<string, string>> = {}): Promise<Instance> {
    const config = registry.readConfig({
      ...env,
      NATS_URL: this.broker.url,
      LK_KEYS_DIR: this.keysDir,
      LK_STORE_URL: this.storeUrl,
      LK_REGISTRY_URL: '127.0.0.1:0',
    });
    const later = {
      provide: BUS,
      useValue: { ...this.bus, nowMs: () => this.bus.nowMs() + aheadMs },
    };
    const providers = aheadMs > 0 ? [later] : [];
    const service = await registry.create(config, { logger: quiet, providers });
    await service.ready();
    const { port } = service.get<Registry>(REGISTRY).grpc;
    const address = `127.0.0.1:${port}`;
    const neighbour = new Neighbour(address, this.keysDir);
    const close = async () => {
      neighbour.close();
      await service.close();
    };
    return { neighbour, address, close };
  }

  /** Waits until the gallery says that it is whole with exactly these people, and is; answers who they are. */
  async gallery(...people: string[]): Promise<readonly string[]> {
    const schema = z.union([galleryManifest, galleryEntry]);
    return until(`a gallery of ${people.join(', ') || 'nobody'}`, async () => {
      const bucket = await openSignedBucket(this.bus, buckets.gallery, schema, {
        keysDir: this.keysDir,
        signer: 'registry',
      });
      const keys = await bucket.keys();
      const manifest = (await bucket.get(GALLERY_MANIFEST_KEY))?.value;
      const isWhole = manifest && 'count' in manifest && manifest.count === people.length;
      const expected = [...people, GALLERY_MANIFEST_KEY].toSorted();
      return isWhole && keys.toSorted().join() === expected.join() ? people : undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.broker.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
