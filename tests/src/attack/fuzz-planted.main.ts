import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { fuzzAll } from './fuzz-run.js';

// A parser with the fault that is named, between two that are well: `fuzz-planted.main.js FAULT`.
const [fault = ''] = process.argv.slice(2);

/** Keeps half a MiB a byte in a heap of its own: this program's does not show it. */
const elsewhere = `const { parentPort } = require('node:worker_threads');
  const kept = [];
  process.stdin.on('data', () => parentPort.postMessage(kept.push(Buffer.alloc(2 ** 19, 1))));`;
let beside: Worker | undefined;
const kept: unknown[] = [];

async function keepBeside(): Promise<void> {
  beside ??= new Worker(elsewhere, { eval: true, stdin: true });
  const answered = once(beside, 'message');
  beside.ref();
  beside.stdin?.write('.');
  await answered;
  beside.unref();
}

/** Asking for the time is the system's work, so that counts, too. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function spin(forMs: number): void {
  const until = spentMs() + forMs;
  while (spentMs() < until) kept.length = 0;
}

const stumble = () => {
  throw new TypeError('it stumbled');
};

/** What is wrong with few of the inputs, and what with each. */
const atSome: Readonly<Record<string, () => unknown>> = {
  throws: stumble,
  'throws later': () => setImmediate(stumble),
  aborts: () => process.abort(),
  'ends well, too early': () => process.exit(0),
  hangs: () => spin(Infinity),
  'never answers': () => new Promise(() => undefined),
  'is slow': () => spin(1_500),
};
const atEach: Readonly<Record<string, () => unknown>> = {
  none: () => undefined,
  keeps: () => kept.push(Array.from({ length: 20_000 })),
  'keeps beside the program': keepBeside,
};

const well = { kind: 'messages', inputs: 300, tryOne: () => undefined } as const;
await fuzzAll(
  [
    { ...well, name: 'before' },
    {
      ...well,
      name: 'planted',
      tryOne: (chance) => atEach[fault]?.() ?? (chance.below(99) === 0 ? atSome[fault]?.() : null),
    },
    { ...well, name: 'after' },
  ],
  1,
  (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
);
