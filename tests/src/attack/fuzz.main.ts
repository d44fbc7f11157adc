import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeys } from '@latchkey/runtime/keys';
import { listenerTargets } from './fuzz-listeners.js';
import { pictureSeeds, pictureTargets } from './fuzz-pictures.js';
import { fuzzAll, type FuzzTarget } from './fuzz-run.js';
import { codes, jpegStructure, pureTargets } from './fuzz-targets.js';

// One process: `fuzz.main.js SEED SHARE [NAME]`, all of a share or what is named so. It says what it plans, what it does
// and how it went, a line each.
const [seed = '1', share = '', name] = process.argv.slice(2);

await using opened = new AsyncDisposableStack();
const shares: Readonly<Record<string, () => Promise<readonly FuzzTarget[]>>> = {
  seen: async () => {
    const seeds = await pictureSeeds();
    return [...(await pictureTargets(seeds)), jpegStructure(seeds), ...codes(await registryKey())];
  },
  said: async () => pureTargets,
  asked: () => listenerTargets(opened),
};

async function registryKey(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-fuzz-'));
  try {
    await makeKeys(folder, { curves: ['registry'], secrets: [], signers: [], identities: [] });
    return (await readFile(join(folder, 'registry.pub'), 'utf8')).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const targets = await shares[share]?.();
if (!targets)
  throw new RangeError(`expected one of ${Object.keys(shares).join(', ')}, got ${share}`);
const chosen = targets.filter((target) => name === undefined || target.name.includes(name));
await fuzzAll(chosen, Number(seed), (line) => process.stdout.write(`${JSON.stringify(line)}\n`));
