// Real: the compiler, on what the READMEs show.
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Beside the tests, so that a sample finds the packages that it imports. */
const folder = join(root, 'tests', 'dist', 'readme-samples');
const tsc = join(root, 'node_modules', '.bin', 'tsc');

it.each(['libs/runtime', 'libs/vision'])('the samples in %s/README.md compile', async (place) => {
  const text = await readFile(join(root, place, 'README.md'), 'utf8');
  const samples = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, sample = '']) => sample);
  expect(samples).not.toEqual([]);
  const own = join(folder, place.replace('/', '-'));
  await mkdir(own, { recursive: true });
  const files = samples.map((_, at) => `sample-${at}.ts`);
  for (const [at, sample] of samples.entries()) {
    await writeFile(join(own, files[at] ?? ''), sample);
  }
  const compilerOptions = { noEmit: true, composite: false };
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files };
  await writeFile(join(own, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = spawnSync(tsc, ['-p', own], { encoding: 'utf8' });
  await rm(own, { recursive: true });
  expect(stdout).toBe('');
});
