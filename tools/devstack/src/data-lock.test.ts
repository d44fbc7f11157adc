// Real here: files, the operating system's locks, a process of its own.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-lock.js';
import { runSource } from './run-source.fixture.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-lock-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('a data folder has one user at a time', () => {
  const free = lockDataFolder(dataDir);
  expect(() => lockDataFolder(dataDir)).toThrow(/LK-DEV-005/);
  free();
  lockDataFolder(dataDir)();
});

test('the folder of a process that was killed without warning is free again', async () => {
  const { child } = await runSource(`
    const { lockDataFolder } = await load('./data-lock.js');
    lockDataFolder(${JSON.stringify(dataDir)});
    console.log('locked');
    setInterval(() => {}, 1000);`);
  expect(() => lockDataFolder(dataDir)).toThrow(/LK-DEV-005/);
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockDataFolder(dataDir)();
});
