// Real: broker, registry with its file store, gateway over HTTP, the command line as a process.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { accessGranted } from '@latchkey/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';
import { enter } from './happening.fixture.js';

const program = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

describe('the command line', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  function latchkey(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [program, ...args], {
      env: {
        PATH: process.env['PATH'] ?? '',
        LATCHKEY_URL: desk.gateway.httpUrl ?? '',
        LATCHKEY_TOKEN: desk.token,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return child;
  }

  async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = latchkey(args, env);
    const output = { out: '', err: '' };
    child.stdout.on('data', (part) => (output.out += String(part)));
    child.stderr.on('data', (part) => (output.err += String(part)));
    const [code] = (await once(child, 'close')) as [number | null];
    return { ...output, code };
  }

  it('says what is up, and ends with 1 where something is away', async () => {
    // Whoever does not answer at once counts as away: on a slow machine, anyone now and then.
    const people = await vi.waitFor(async () => {
      const ran = await run(['status']);
      expect(ran.out).toMatch(/✓ +registry/);
      return ran;
    }, 45_000);
    expect(people.code).toBe(1);
    expect(people.out).toMatch(/not ready/);
    expect(people.out).toMatch(/✗ +face/);
    const machines = await run(['status', '--json']);
    expect(JSON.parse(machines.out)).toMatchObject({ ready: false });
  });

  it('tells what happened and then what happens, a line each, until it is stopped', async () => {
    await enter(desk);
    const child = latchkey(['events', '--since', '0', '--type', 'access.granted', '--json']);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const before = JSON.parse(String((await lines.next()).value)) as { type: string };
    expect(before.type).toBe(accessGranted.type);
    const attempt = await enter(desk);
    const after = JSON.parse(String((await lines.next()).value)) as { correlationid: string };
    expect(after.correlationid).toBe(attempt);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('misses nothing while the broker is gone and comes back', async () => {
    const child = latchkey([
      'events',
      '--type',
      'access.granted',
      '--since',
      `${Date.now()}`,
      '--json',
    ]);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => {
      const { value } = await lines.next();
      return (JSON.parse(String(value)) as { correlationid: string }).correlationid;
    };
    const before = await enter(desk);
    expect(await next()).toBe(before);
    await desk.broker.kill('SIGKILL');
    await desk.broker.restart();
    const entered: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      // Tried again under the same ids: what was stored though no answer came is not stored twice.
      const attempt = randomUUID();
      entered.push(await vi.waitFor(() => enter(desk, attempt), 45_000));
    }
    const told = [await next(), await next(), await next()];
    expect(told).toEqual(entered);
    child.kill('SIGINT');
    await once(child, 'close');
  });

  it.each([
    ['no token', { LATCHKEY_TOKEN: '', LATCHKEY_TOKEN_FILE: '/nowhere' }, /LATCHKEY_TOKEN/],
    ['a wrong token', { LATCHKEY_TOKEN: 'lko_wrong' }, /LK-AUTH-002/],
    ['no gateway', { LATCHKEY_URL: 'http://127.0.0.1:1' }, /Nobody answers.*npm start/],
  ])('says what to do with %s', async (_, env, message) => {
    for (const command of ['status', 'events']) {
      const { code, err, out } = await run([command], env);
      expect(code).toBe(1);
      expect(err).toMatch(message);
      expect(out).toBe('');
    }
  });

  it('names a type of event that is not there', async () => {
    const { code, err } = await run(['events', '--type', 'nonsense']);
    expect(code).toBe(1);
    expect(err).toMatch(/LK-REQ-001.*no such type/);
  });
});
