import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PACK } from './default-pack.js';
import { loadModelPack } from './model-pack.js';
import { packManifestSchema } from './pack-manifest.js';

const npm = dirname(
  createRequire(import.meta.url).resolve('faceplugin-face-recognition-js/package.json'),
);
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pack-'));
  await mkdir(join(dir, 'model'));
  for (const { file } of Object.values(DEFAULT_PACK.models))
    await copyFile(join(npm, file), join(dir, file));
});
afterAll(() => rm(dir, { recursive: true }));

const manifest = (pack: object) => writeFile(join(dir, 'manifest.json'), JSON.stringify(pack));
const with_ = (detect: object) => ({
  ...DEFAULT_PACK,
  models: { ...DEFAULT_PACK.models, detect },
  figures: [],
});

it('ships figures of exactly these models', () => {
  expect(packManifestSchema.parse(DEFAULT_PACK)).toEqual(DEFAULT_PACK);
  expect(DEFAULT_PACK.figures.map(({ what }) => what)).toEqual(['faces', 'gallery', 'liveness']);
  for (const { figures } of DEFAULT_PACK.figures) {
    expect(Object.keys(figures).length).toBeGreaterThan(3);
  }
});

describe('a model pack of a site’s own', () => {
  it('is a folder with a manifest, and says who it is', async () => {
    await manifest({ ...DEFAULT_PACK, name: 'our-models', version: '2' });
    const pack = await loadModelPack(dir);
    expect(pack.id).toBe('our-models@2#87aacdfe5751');
    await pack.close();
  });

  it('is refused if a file is not the one that the manifest names', async () => {
    await manifest(with_({ file: 'model/fr_detect.onnx', sha256: 'a'.repeat(64) }));
    await expect(loadModelPack(dir)).rejects.toMatchObject({
      code: 'LK-VISION-004',
      retryable: false,
    });
  });

  it('is refused if a model has another shape', async () => {
    await manifest(with_(DEFAULT_PACK.models.embed));
    await expect(loadModelPack(dir)).rejects.toMatchObject({ code: 'LK-VISION-005' });
  });

  it('is refused if its figures were measured with other models', async () => {
    const embed = { ...DEFAULT_PACK.models.embed, sha256: 'a'.repeat(64) };
    await manifest({ ...DEFAULT_PACK, models: { ...DEFAULT_PACK.models, embed } });
    await expect(loadModelPack(dir)).rejects.toThrow(/LK-VISION-003.*measured with other models/s);
  });

  it('is refused if a file or the manifest is missing or malformed', async () => {
    await manifest(with_({ file: 'model/none.onnx', sha256: 'a'.repeat(64) }));
    await expect(loadModelPack(dir)).rejects.toMatchObject({ code: 'LK-VISION-003' });
    await manifest({ name: 'x' });
    await expect(loadModelPack(dir)).rejects.toThrow(/LK-VISION-003.*manifest\.json/s);
    await expect(loadModelPack(join(dir, 'nowhere'))).rejects.toMatchObject({
      code: 'LK-VISION-003',
    });
  });
});
