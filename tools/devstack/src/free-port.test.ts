// Real: the system's ports, and another process that asks as well.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freePort, freePorts } from './free-port.js';

const MANY = 300;
const anyOf = (count: number) => Array.from({ length: count }, () => 0);

/** Ports that a process is given, which ends then. */
function elsewhere(count: number): number[] {
  const module = fileURLToPath(new URL('../dist/free-port.js', import.meta.url));
  const code = `import { freePorts } from ${JSON.stringify(module)};
    console.log(JSON.stringify(await freePorts(Array(${count}).fill(0))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as number[];
}

test('no port is given twice, though nobody listens on it yet', async () => {
  const given: number[] = [];
  for (let i = 0; i < MANY; i++) given.push(await freePort());
  expect(new Set(given).size).toBe(MANY);
});

test('what one process was given, no other one is', async () => {
  const here = new Set(await freePorts(anyOf(MANY)));
  expect(elsewhere(MANY).filter((port) => here.has(port))).toEqual([]);
});

test('a wanted port is given where it is free, and another where it is taken', async () => {
  const [wanted = 0] = elsewhere(1);
  expect(await freePorts([wanted, wanted])).toEqual([wanted, expect.not.toBeOneOf([wanted])]);
});
