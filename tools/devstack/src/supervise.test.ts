// Real here: child processes, their signals and their health ports.
import { afterEach, expect, test } from 'vitest';
import { freePort } from './free-port.js';
import { runSource } from './run-source.fixture.js';
import { type Supervisor, supervise } from './supervise.js';
import type { ChildSpec } from './supervised-child.js';

let supervisor: Supervisor | undefined;
afterEach(() => supervisor?.stop());

/** A program that is ready at once and stops when asked, unless its code says otherwise. */
async function specOf(name: string, code = ''): Promise<ChildSpec> {
  const healthPort = await freePort();
  const server = `require('node:http').createServer((_, r) => r.end('ready')).listen(${healthPort}, '127.0.0.1');`;
  return { name, command: process.execPath, args: ['-e', code + server], env: {}, healthPort };
}

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0);
  } catch {
    return false;
  }
}

test('a program that is killed comes back, as another process', async () => {
  supervisor = supervise([await specOf('one'), await specOf('two')]);
  await supervisor.ready(45_000);
  const before = supervisor.children().map(({ pid }) => pid);
  await supervisor.kill('one', 'SIGKILL');
  await supervisor.ready(45_000);
  const [one, two] = supervisor.children();
  expect(one).toMatchObject({ restarts: 1, ready: true });
  expect(one?.pid).not.toBe(before[0]);
  expect(two).toMatchObject({ restarts: 0, pid: before[1] });
});

test('nothing is left running after a stop, which may be asked for twice', async () => {
  supervisor = supervise([await specOf('one'), { ...(await specOf('two')), stopsLast: true }]);
  await supervisor.ready(45_000);
  const pids = supervisor.children().map(({ pid }) => pid);
  expect(pids.map(isAlive)).toEqual([true, true]);
  await Promise.all([supervisor.stop(), supervisor.stop()]);
  expect(pids.map(isAlive)).toEqual([false, false]);
});

test('what a program writes is shown with its name, structured lines for people', async () => {
  const lines: string[] = [];
  const code = `console.log('hello'); console.error('{"level":30,"msg":"up","port":1}');`;
  supervisor = supervise([await specOf('one', code)], { log: (line) => lines.push(line) });
  await supervisor.ready(45_000);
  await supervisor.stop();
  expect(lines.toSorted()).toEqual(['one │ INFO  up port=1', 'one │ hello']);
});

test('settings that a program refuses end the start with its own words, and are not tried again', async () => {
  const code = `console.error('SMTP_URL is missing'); process.exit(78);`;
  supervisor = supervise([await specOf('fine'), await specOf('picky', code)]);
  await expect(supervisor.ready(45_000)).rejects.toThrow(
    /LK-DEV-006[^]*picky[^]*SMTP_URL is missing/,
  );
  await expect(supervisor.hopeless).rejects.toThrow(/picky/);
  expect(supervisor.children()[1]).toMatchObject({ restarts: 0, pid: undefined });
});

test('a program that cannot even start is given up, with its own words', async () => {
  const spec = await specOf('broken', `throw new Error('no model pack');`);
  supervisor = supervise([spec]);
  await expect(supervisor.ready(60_000)).rejects.toThrow(/broken cannot be[^]*no model pack/);
});

test('a program that is never ready is named, with what it said', async () => {
  const code = `console.log('waiting for a broker'); setInterval(() => {}, 1000); return;`;
  const said = Promise.withResolvers<string>();
  const spec = await specOf('slow', `(() => { ${code} })(); if (1) throw 'no';`);
  supervisor = supervise([spec], { log: said.resolve });
  await said.promise;
  await expect(supervisor.ready(1_000)).rejects.toThrow(
    /not ready[^]*slow[^]*waiting for a broker/,
  );
});

test('programs do not outlive a supervisor that is killed without warning', async () => {
  const spec = await specOf('one');
  const { child, line } = await runSource(`
    const { supervise } = await load('./supervise.js');
    const supervisor = supervise([${JSON.stringify(spec)}]);
    await supervisor.ready(45000);
    console.log(supervisor.children()[0].pid);`);
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 45_000 }).toBe(false);
});
