import {
  BUS,
  type Bus,
  CONFIG,
  HEALTH,
  type Health,
  type Held,
  watchPublicKey,
  watchSeed,
} from '@latchkey/runtime';
import {
  type CodeReader,
  createCodeReader,
  createFaceAnalyser,
  loadModelPack,
  type ModelPack,
} from '@latchkey/vision';
import {
  Inject,
  Injectable,
  type OnModuleDestroy,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import type { FaceConfig } from './face.config.js';
import { LiveGallery } from './gallery.js';
import { feedGallery } from './gallery-feed.js';
import { Snapshots } from './snapshots.js';
import {
  ANALYSER,
  CODE_READER,
  EVIDENCE_KEY,
  GALLERY,
  MODEL_PACK,
  REGISTRY_KEY,
  SNAPSHOTS,
} from './tokens.js';

/** Keeps the gallery fed, and the service unready until it is complete. */
@Injectable()
class GalleryKeeper implements OnModuleInit, OnModuleDestroy {
  #feed: { stop(): void } | undefined;

  constructor(
    @Inject(GALLERY) private readonly gallery: LiveGallery,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: FaceConfig,
    @Inject(HEALTH) private readonly health: Health,
  ) {}

  async onModuleInit(): Promise<void> {
    const { LK_KEYS_DIR: keysDir } = this.config;
    const seed = watchSeed(keysDir, 'face');
    this.health.addCheck('gallery', () => readinessOf(this.gallery));
    this.#feed = await feedGallery(this.bus, this.gallery, { seed, keysDir });
  }

  onModuleDestroy(): void {
    this.#feed?.stop();
  }
}

/** Frees the models at the end. */
@Injectable()
class ModelKeeper implements OnModuleDestroy {
  constructor(@Inject(MODEL_PACK) private readonly pack: ModelPack) {}

  async onModuleDestroy(): Promise<void> {
    await this.pack.close();
  }
}

function readinessOf(gallery: LiveGallery): true | string {
  const { ready, people, expected, unreadable } = gallery.state();
  if (ready) return true;
  if (expected === undefined) return 'the registry has not filled the gallery yet';
  return `${people} of ${expected} people are there, ${unreadable} entries cannot be opened`;
}

/** What face's handlers work with. */
export const faceProviders: readonly Provider[] = [
  { provide: GALLERY, useFactory: () => new LiveGallery() },
  GalleryKeeper,
  {
    provide: MODEL_PACK,
    inject: [CONFIG],
    useFactory: (config: FaceConfig) => loadModelPack(config.LK_MODEL_DIR),
  },
  ModelKeeper,
  { provide: ANALYSER, inject: [MODEL_PACK], useFactory: createFaceAnalyser },
  { provide: CODE_READER, useFactory: createCodeReader },
  {
    provide: REGISTRY_KEY,
    inject: [CONFIG],
    useFactory: (config: FaceConfig) => watchPublicKey(config.LK_KEYS_DIR, 'registry'),
  },
  {
    provide: EVIDENCE_KEY,
    inject: [CONFIG],
    useFactory: (config: FaceConfig) => watchPublicKey(config.LK_KEYS_DIR, 'evidence'),
  },
  {
    provide: SNAPSHOTS,
    inject: [BUS, CODE_READER, CONFIG, EVIDENCE_KEY],
    useFactory: (bus: Bus, reader: CodeReader, config: FaceConfig, evidenceKey: Held<string>) =>
      Snapshots.open(bus, reader, {
        evidenceKey,
        everyMs: config.LK_SNAPSHOT_EVERY_MS,
      }),
  },
];
