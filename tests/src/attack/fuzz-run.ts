import { setImmediate as turn } from 'node:timers/promises';
import { Chance } from './fuzz-inputs.pure.js';

/** What it is that is parsed, as it is promised of each. */
export type FuzzKind =
  | 'frames'
  | 'messages'
  | 'codes'
  | 'CSV'
  | 'REST'
  | 'WebSocket'
  | 'gRPC'
  | 'logs';

/** One parser that is tried. */
export interface FuzzTarget {
  readonly name: string;
  readonly kind: FuzzKind;
  readonly inputs: number;
  /** How many are tried at the same moment. Default 1. */
  readonly atOnce?: number;
  /** Makes one input and parses it. What it throws is a crash, but for the errors that it itself expects. */
  tryOne(chance: Chance): unknown;
}

/** How a parser went. */
export interface FuzzReport {
  readonly name: string;
  /** How many were tried. */
  readonly inputs: number;
  readonly cpuMs: number;
  readonly slowestCpuMs: number;
  /** What grew of what the program holds, and of what the process holds beside it: in libraries, in threads. */
  readonly grownMiB: number;
  readonly grownBesideMiB: number;
  /** What went wrong, at most ten; each names the seed that makes the input again. */
  readonly faults: readonly string[];
}

/** What a process that fuzzes says, a line each in JSON. */
export type FuzzLine =
  | { readonly planned: readonly Pick<FuzzTarget, 'name' | 'kind' | 'inputs'>[] }
  | { readonly begun: string }
  | { readonly fromSeed: number }
  | FuzzReport;

const MAX_BATCH = 100;
const SLOW_MS = 1_000;
const MAX_FAULTS = 10;
const MAX_GROWN_MIB = 12;
/** Freed pages go back to the system late and in pieces, so the process may look larger than it is. */
const MAX_GROWN_BESIDE_MIB = 32;
const MIB = 2 ** 20;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

interface Held {
  readonly heldMiB: number;
  readonly besideMiB: number;
}

async function held(): Promise<Held> {
  if (!globalThis.gc) throw new Error('start it with --expose-gc');
  // The bytes of collected buffers are given back beside the program, and counted as held until a later turn.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await turn();
  }
  const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
  return {
    heldMiB: (heapUsed + external) / MIB,
    besideMiB: (rss - heapTotal - external) / MIB,
  };
}

/** Tries each parser with all its inputs, and says how it goes. */
export async function fuzzAll(
  targets: readonly FuzzTarget[],
  seed: number,
  say: (line: FuzzLine) => void,
): Promise<void> {
  say({ planned: targets.map(({ name, kind, inputs }) => ({ name, kind, inputs })) });
  for (const target of targets) {
    say({ begun: target.name });
    say(await fuzz(target, seed, (fromSeed) => say({ fromSeed })));
  }
}

async function fuzz(
  target: FuzzTarget,
  seed: number,
  progress: (fromSeed: number) => void,
): Promise<FuzzReport> {
  const faults: string[] = [];
  const begunMs = cpuMs();
  let [inputs, slowestCpuMs] = [0, 0];
  const sizes: Held[] = [];
  const batch = Math.min(MAX_BATCH, Math.ceil(target.inputs / 10));
  // The first fifth fills caches; what grows after that, and goes on to, grows without end.
  const lookAt = [1, 2, 3, 4].map(
    (fifth) => Math.ceil((target.inputs * fifth) / 5 / batch) * batch,
  );
  while (inputs < target.inputs && faults.length < MAX_FAULTS) {
    progress(seed + inputs);
    if (lookAt.includes(inputs)) sizes.push(await held());
    const to = Math.min(target.inputs, inputs + batch);
    const fromMs = cpuMs();
    await tryAll(target, { from: seed + inputs, to: seed + to }, faults);
    const tookMs = cpuMs() - fromMs;
    const one =
      tookMs > SLOW_MS
        ? await slowestOf(target, { from: seed + inputs, to: seed + to }, faults)
        : tookMs / (to - inputs);
    slowestCpuMs = Math.max(slowestCpuMs, one);
    inputs = to;
  }
  const grown = growth([...sizes, await held()]);
  faults.push(...growthFaults(grown));
  return { name: target.name, inputs, cpuMs: cpuMs() - begunMs, slowestCpuMs, ...grown, faults };
}

/** What grew as much from each look to the next: a thread's first password, or pages freed late, make a size jump once. */
function growth(sizes: readonly Held[]): Pick<FuzzReport, 'grownMiB' | 'grownBesideMiB'> {
  const grown = (of: keyof Held) => {
    const steps = sizes.slice(1).map((size, at) => size[of] - (sizes[at]?.[of] ?? 0));
    return steps.length * Math.min(...steps);
  };
  return { grownMiB: grown('heldMiB'), grownBesideMiB: grown('besideMiB') };
}

function growthFaults({ grownMiB, grownBesideMiB }: ReturnType<typeof growth>): string[] {
  return [
    ...(grownMiB > MAX_GROWN_MIB ? [`memory grew by ${grownMiB.toFixed(1)} MiB`] : []),
    ...(grownBesideMiB > MAX_GROWN_BESIDE_MIB
      ? [`the process grew by ${grownBesideMiB.toFixed(1)} MiB`]
      : []),
  ];
}

interface Seeds {
  readonly from: number;
  readonly to: number;
}

async function tryAll(target: FuzzTarget, { from, to }: Seeds, faults: string[]): Promise<void> {
  const { atOnce = 1 } = target;
  for (let seed = from; seed < to; seed += atOnce) {
    if (atOnce === 1) await tryInput(target, seed, faults);
    else {
      const some = Array.from({ length: Math.min(atOnce, to - seed) }, (_, n) => seed + n);
      await Promise.all(some.map((one) => tryInput(target, one, faults)));
    }
  }
}

async function tryInput(target: FuzzTarget, seed: number, faults: string[]): Promise<void> {
  try {
    await target.tryOne(new Chance(seed));
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    faults.push(`seed ${seed}: ${said.split('\n').slice(0, 4).join(' | ')}`);
  }
}

/** A batch took long: which of its inputs does, each by itself. */
async function slowestOf(
  target: FuzzTarget,
  { from, to }: Seeds,
  faults: string[],
): Promise<number> {
  let slowest = 0;
  for (let seed = from; seed < to && faults.length < MAX_FAULTS; seed += 1) {
    const before = cpuMs();
    await tryInput(target, seed, []);
    const tookMs = cpuMs() - before;
    slowest = Math.max(slowest, tookMs);
    if (tookMs > SLOW_MS) faults.push(`seed ${seed}: took ${Math.round(tookMs)} ms`);
  }
  return slowest;
}
