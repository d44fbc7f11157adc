import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { DEFAULT_PACK } from './default-pack.js';
import { Model, type ModelShape } from './model.js';
import { type PackManifest, packManifestSchema } from './pack-manifest.js';
import { VisionError } from './vision-error.js';

/** What each step of the pipeline needs of its model. A pack may bring others of the same shape. */
export const MODEL_SHAPES = {
  detect: { input: [1, 3, 240, 320], outputs: { scores: 4420 * 2, boxes: 4420 * 4 } },
  landmarks: { input: [1, 1, 64, 64], outputs: { output: 136 } },
  embed: { input: [1, 3, 112, 112], outputs: { output: 512 } },
  liveness: { input: [1, 3, 128, 128], outputs: { output: 3 } },
  eyes: { input: [1, 1, 24, 24], outputs: { output: 2 } },
  pose: { input: [1, 3, 224, 224], outputs: { output: 66, '617': 66, '618': 66 } },
} as const satisfies Record<string, ModelShape>;

export type ModelName = keyof typeof MODEL_SHAPES;

export const MODEL_NAMES = Object.keys(MODEL_SHAPES) as ModelName[];

/** All models of a pack, loaded. Templates of different packs cannot be compared: keep `id` beside each. */
export interface ModelPack {
  /** Name, version and the first 12 digits of the embedding model's SHA-256. */
  readonly id: string;
  readonly manifest: PackManifest;
  readonly models: Readonly<Record<ModelName, Model>>;
  /** Frees all models. */
  close(): Promise<void>;
}

/**
 * Loads a model pack, each file checked against its SHA-256 before it is parsed.
 * @param dir folder with a `manifest.json`; left out or empty, the default pack from npm
 * @throws VisionError LK-VISION-003 (no or invalid manifest, no such file), LK-VISION-004 (another checksum),
 *   LK-VISION-005 (not a model of the shape needed)
 */
export async function loadModelPack(dir?: string): Promise<ModelPack> {
  const manifest = dir ? await readManifest(dir) : DEFAULT_PACK;
  const folder = dir ? resolve(dir) : defaultFolder();
  const models = {} as Record<ModelName, Model>;
  try {
    for (const name of MODEL_NAMES) models[name] = await loadModel(folder, manifest, name);
  } catch (cause) {
    await closeAll(models);
    throw cause;
  }
  const id = `${manifest.name}@${manifest.version}#${manifest.models.embed.sha256.slice(0, 12)}`;
  return { id, manifest, models, close: () => closeAll(models) };
}

async function loadModel(folder: string, manifest: PackManifest, name: ModelName): Promise<Model> {
  const { file, sha256 } = manifest.models[name];
  const path = join(folder, file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new VisionError('LK-VISION-003', `no model file "${file}" for "${name}" in ${folder}`, {
      cause,
    });
  });
  const got = createHash('sha256').update(bytes).digest('hex');
  if (got !== sha256) {
    throw new VisionError(
      'LK-VISION-004',
      `"${file}" has SHA-256 ${got}, the manifest says ${sha256}`,
    );
  }
  return Model.load(name, bytes, MODEL_SHAPES[name]);
}

async function readManifest(dir: string): Promise<PackManifest> {
  const path = join(dir, 'manifest.json');
  try {
    const parsed = packManifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(z.prettifyError(parsed.error));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new VisionError('LK-VISION-003', `${path}: ${detail}`, { cause });
  }
}

function defaultFolder(): string {
  const here = createRequire(import.meta.url);
  return dirname(here.resolve('faceplugin-face-recognition-js/package.json'));
}

async function closeAll(models: Partial<Record<ModelName, Model>>): Promise<void> {
  await Promise.all(Object.values(models).map((model) => model.release()));
}
