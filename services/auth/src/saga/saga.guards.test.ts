import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guard, guards } from './saga.guards.js';

const SAGA = import.meta.dirname;
/** In the package, so that the copies find what they import; git passes it over. */
const COPIES = join(SAGA, '../../var');
const SEED = 20_261_123;
const RUNS = 10_000;

interface Saga {
  readonly story: typeof import('./saga.stories.js')['story'];
  readonly play: typeof import('./saga.stories.js')['play'];
  readonly violationsOf: typeof import('./saga.invariants.js')['violationsOf'];
}

/** A copy of the saga without that guard, and what it is tried with. */
async function sagaWithout(folder: string, guard: Guard | null): Promise<Saga> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(SAGA, copy, { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  if (guard) await takeOut(copy, guard);
  const stories = (await import(join(copy, 'saga.stories.ts'))) as Saga;
  const invariants = (await import(join(copy, 'saga.invariants.ts'))) as Saga;
  return { ...stories, violationsOf: invariants.violationsOf };
}

async function takeOut(copy: string, { says, file, text, without }: Guard): Promise<void> {
  const source = await readFile(join(copy, file), 'utf8');
  const [before, after, ...more] = source.split(text);
  if (before === undefined || after === undefined || more.length > 0) {
    const hint = 'Say in saga.guards.ts how it reads now.';
    throw new Error(`"${says}" is not found once in ${file} as: ${text}\n${hint}`);
  }
  await writeFile(join(copy, file), `${before}${without}${after}`);
}

/** What the first of the runs that breaks a promise breaks; a saga that fails altogether breaks them too. */
function violations({ story, play, violationsOf }: Saga, runs: number, wanted?: string): string[] {
  const seen = new Set<string>();
  const property = fc.property(story, (told) => {
    const found = violationsOf(play(told));
    for (const one of found) seen.add(one);
    return wanted === undefined ? found.length === 0 : !seen.has(wanted);
  });
  fc.check(property, { numRuns: runs, seed: SEED, endOnFailure: true });
  return [...seen];
}

describe('a guard that is taken out is missed', () => {
  let folder: string;
  beforeAll(async () => {
    await mkdir(COPIES, { recursive: true });
    folder = await mkdtemp(join(COPIES, 'guards-'));
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it('with all of them in place a copy keeps every promise', async () => {
    expect(violations(await sagaWithout(folder, null), 1_000)).toEqual([]);
  });

  it.each(guards)(
    '$says, else: $breaks',
    async (guard) => {
      const saga = await sagaWithout(folder, guard);
      expect(violations(saga, RUNS, guard.breaks)).toContain(guard.breaks);
    },
    120_000,
  );
});
