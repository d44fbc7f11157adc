import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBroker, type TestBroker, until } from './probe.fixture.js';

// Real here: nats-server, a process of runtime as it was built.

const program = fileURLToPath(new URL('probe.process.mjs', import.meta.url));

let broker: TestBroker;
beforeAll(async () => {
  broker = await openBroker();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

function start(env: NodeJS.ProcessEnv): {
  child: ChildProcess;
  said: () => string;
  up: Promise<void>;
} {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], NATS_URL: broker.url, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  const up = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('probe is up')) up.resolve();
    });
  }
  child.once('exit', () => up.reject(new Error(`it ended: ${text}`)));
  up.promise.catch(() => undefined);
  return { child, said: () => text, up: up.promise };
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  // Not `close`: Node does not tell it of a child whose channel the parent ended.
  await once(child, 'exit');
  return child.exitCode;
}

test('wrong settings: all are named, and exit 78', async () => {
  const { child, said } = start({ LK_HEALTH_PORT: 'many' });
  expect(await exitOf(child)).toBe(78);
  await until('it has said why', () => said().includes('PROBE'));
  expect(said()).toMatch(/LK-CFG-001 2 setting/);
  expect(said()).toContain('LK_HEALTH_PORT');
});

test('a signal, even two, ends it in good order', async () => {
  const { child, said, up } = start({ PROBE: 'x' });
  await up;
  child.kill('SIGINT');
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  await until('it has said so', () => said().includes('"closed"'));
});

test('a supervised process ends when its supervisor is gone', async () => {
  const { child, up } = start({ PROBE: 'x', LK_SUPERVISED: '1' });
  await up;
  child.disconnect();
  expect(await exitOf(child)).toBe(0);
});
