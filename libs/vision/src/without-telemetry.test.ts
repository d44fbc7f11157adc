// Real here: the models in a process of its own, as it was built.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

it('keeps no id of this machine and starts no reports, which ONNX Runtime would do when loaded', async () => {
  const home = await mkdtemp(join(tmpdir(), 'latchkey-home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const vision = new URL('../dist/index.js', import.meta.url).href;
  const program = `const { loadModelPack } = await import(${JSON.stringify(vision)}); await (await loadModelPack()).close();`;
  const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: home };
  const args = ['--input-type=module', '-e', program];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(await readdir(home)).toEqual([]);
});
