import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runChild } from './fuzz-child.js';
import type { FuzzKind, FuzzReport } from './fuzz-run.js';

// Real: every parser as it is compiled, in processes of its own that can be ended where a parser hangs; and the gateway's and
// capture's own listeners, with broker and registry.
const MAIN = fileURLToPath(new URL('../../dist/attack/fuzz.main.js', import.meta.url));
const SEED = 20_261_123;
/** All of it takes minutes, on a machine that does much else many of them: a parser that hangs is told by its silence. */
const LONGEST_MS = 1_800_000;
const KINDS: readonly FuzzKind[] = ['frames', 'messages', 'codes', 'CSV', 'REST', 'WebSocket'];

it(
  'a million inputs and more crash no parser, hold none up for a second, and leave nothing in memory',
  async () => {
    const outcomes = await Promise.all(
      ['seen', 'said', 'asked'].map((share) =>
        runChild({ main: MAIN, args: [String(SEED), share] }),
      ),
    );
    const reports = outcomes.flatMap((outcome) => outcome.reports);
    const line = ({ name, inputs, cpuMs, grownMiB, grownBesideMiB }: FuzzReport) =>
      `${String(inputs).padStart(8)}  ${name} (${Math.round(cpuMs)} ms, ${grownMiB.toFixed(1)} MiB, ${grownBesideMiB.toFixed(1)} beside)`;
    const total = reports.reduce((sum, { inputs }) => sum + inputs, 0);
    console.log(
      [...reports.map(line), `${String(total).padStart(8)}  in all, seed ${SEED}`].join('\n'),
    );
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    expect(total).toBeGreaterThanOrEqual(1_000_000);
    const tried = new Set(outcomes.flatMap(({ planned }) => planned.map(({ kind }) => kind)));
    expect(KINDS.filter((kind) => !tried.has(kind))).toEqual([]);
  },
  LONGEST_MS,
);
