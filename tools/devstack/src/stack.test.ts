// Real here: nats-server, the mail catcher, ports, `npm start`'s program as a process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, freePorts } from './free-port.js';
import { startStack } from './stack.js';

let dir: string;
let dataDir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latchkey-stack-'));
  dataDir = join(dir, 'data');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** What its ConfigError says: a line per fault. */
async function refusal(env: Record<string, string>): Promise<string> {
  const refused = await startStack({ dataDir, env }).then(
    (stack) => stack.close(),
    (error: Error) => error,
  );
  expect(existsSync(dataDir)).toBe(false);
  return refused?.message ?? 'it started';
}

test('the broker listens on the wanted port where that is free, and so it does the next time', async () => {
  const port = await freePort();
  for (const _ of ['first', 'second']) {
    await using stack = await startStack({ dataDir, services: [], wantedPorts: { broker: port } });
    expect(stack.broker.url).toBe(`tls://127.0.0.1:${port}`);
    await stack.broker.restart();
    expect(stack.broker.url).toBe(`tls://127.0.0.1:${port}`);
  }
});

test('all wrong settings of the stack and of its services are named at once, each once, before anything is made', async () => {
  const message = await refusal({
    LK_GATEWAY_PORT: '99999',
    LK_FACE_WORKERS: 'zero',
    LK_KIOSK_PORT: 'x',
    SMTP_URL: 'nonsense',
    LK_LOG_LEVEL: 'loud',
  });
  const named = [...message.matchAll(/^ {2}(\w+): expected /gm)].map(([, name = '']) => name);
  expect(named.toSorted((a, b) => a.localeCompare(b, 'en'))).toEqual([
    'LK_FACE_WORKERS',
    'LK_GATEWAY_PORT',
    'LK_KIOSK_PORT',
    'LK_LOG_LEVEL',
    'SMTP_URL',
  ]);
  expect(message).not.toMatch(/nonsense|loud/);
  // The stack must know its ports, so `0: any free one`, which a service would take, is not offered here.
  expect(message).not.toContain('0: any free one');
});

test('a port in the settings that another program has is named with its setting', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const message = await refusal({ LK_KIOSK_PORT: String(port), LK_QR_WORKERS: 'many' });
  expect(message).toMatch(new RegExp(`LK_KIOSK_PORT: .*${port}, on which another program listens`));
  expect(message).toContain('LK_QR_WORKERS');
  other.close();
});

test('one port for two settings is refused', async () => {
  const [port] = await freePorts([0]);
  const message = await refusal({ LK_KIOSK_PORT: `${port}`, LK_GATEWAY_PORT: `${port}` });
  expect(message).toMatch(/1 setting[^]*LK_KIOSK_PORT/);
});

test('npm start says so and ends with 78', async () => {
  const program = fileURLToPath(new URL('../dist/start.js', import.meta.url));
  const env = { PATH: process.env['PATH'], LK_DATA_DIR: dataDir, LK_FACE_WORKERS: 'zero' };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => (said += String(part)));
  }
  expect(await once(child, 'close')).toEqual([78, null]);
  expect(said).toMatch(/^LK-CFG-001 1 setting[^]*LK_FACE_WORKERS/);
  expect(existsSync(dataDir)).toBe(false);
});
