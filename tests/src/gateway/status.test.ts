// Real: broker, registry with its file store, gateway over HTTP, two auth replicas as processes that are killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { REGISTRY, type Registry } from '@latchkey/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

const program = fileURLToPath(new URL('../../../services/auth/dist/main.js', import.meta.url));
const WAIT = { timeout: 45_000 };

interface Part {
  readonly name: string;
  readonly health: string;
  readonly detail: string;
  readonly instances: readonly { readonly instance: string; readonly ready: boolean }[];
}
const opened = new AsyncDisposableStack();
let desk: FrontDesk;

beforeAll(async () => {
  desk = opened.use(await FrontDesk.open());
});
afterAll(() => opened.disposeAsync());

function spawnAuth(instance: string): ChildProcess {
  const { port } = desk.registry.get<Registry>(REGISTRY).grpc;
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      NATS_URL: desk.broker.url,
      LK_KEYS_DIR: desk.keysDir,
      LK_REGISTRY_URL: `127.0.0.1:${port}`,
      LK_INSTANCE: instance,
      LK_HEALTH_PORT: '0',
      LK_LOG_LEVEL: 'error',
      LK_SUPERVISED: '1',
    },
  });
  const gone = once(child, 'exit');
  opened.defer(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  return child;
}

async function partOf(name: string): Promise<Part | undefined> {
  const parts = (await desk.ask('GET', '/status')).json['parts'] as readonly Part[];
  return parts.find((part) => part.name === name);
}

it('tells of each instance while it is up, and of a service as away once its last one is killed', async () => {
  const replicas = ['auth-1', 'auth-2'].map(spawnAuth);
  await expect
    .poll(() => partOf('auth'), WAIT)
    .toMatchObject({
      health: 'ok',
      instances: [
        { instance: 'auth-1', ready: true },
        { instance: 'auth-2', ready: true },
      ],
    });
  replicas[0]?.kill('SIGKILL');
  await expect.poll(async () => (await partOf('auth'))?.instances.length, WAIT).toBe(1);
  await expect
    .poll(() => partOf('auth'), WAIT)
    .toMatchObject({ health: 'ok', detail: '1 of 1 ready' });
  replicas[1]?.kill('SIGKILL');
  await expect.poll(async () => (await partOf('auth'))?.health, WAIT).toBe('away');
});

it('tells an instance that is up but not ready, and why', async () => {
  let isWhole = false;
  desk.registry.health.addCheck('disk', () => isWhole || 'the disk is full');
  await expect
    .poll(() => partOf('registry'), WAIT)
    .toMatchObject({
      health: 'not-ready',
      detail: expect.stringContaining('disk: the disk is full'),
    });
  isWhole = true;
  await expect.poll(() => partOf('registry'), WAIT).toMatchObject({ health: 'ok' });
});
