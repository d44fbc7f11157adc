import type { Bench } from './bench.js';
import { bus } from './bus.bench.js';
import { entry } from './entry.bench.js';
import { fairness } from './fairness.bench.js';
import { frame } from './frame.bench.js';
import { happened } from './happened.bench.js';
import { kiosk } from './kiosk.bench.js';
import { people } from './people.bench.js';
import { security } from './security.bench.js';

const benches: readonly Bench[] = [frame, bus, entry, fairness, kiosk, happened, people, security];

function usage(): string {
  const lines = benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`);
  return ['npm run -s bench -- [NAME…] [--json]', '', ...lines].join('\n');
}

const words = process.argv.slice(2).filter((word) => word !== '--');
const names = words.filter((word) => !word.startsWith('-'));
const unknown = [
  ...names.filter((name) => !benches.some((bench) => bench.name === name)),
  ...words.filter((word) => word.startsWith('-') && word !== '--json'),
];
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}.\n\n${usage()}`);
  process.exit(2);
}

const report: Record<string, unknown> = {};
for (const bench of benches) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  const live = process.stderr.isTTY;
  report[bench.name] = await bench.run((share) => {
    if (live) process.stderr.write(`\r${bench.name} ${Math.round(share * 100)} %`);
  });
  if (live) process.stderr.write('\n');
}
console.log(words.includes('--json') ? JSON.stringify(report) : JSON.stringify(report, null, 2));
