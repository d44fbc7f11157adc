import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { FuzzLine, FuzzReport, FuzzTarget } from './fuzz-run.js';

/** A process that fuzzes. */
export interface FuzzChild {
  /** Its program, compiled, and what is given to it. */
  readonly main: string;
  readonly args: readonly string[];
  /** For how long a hundred inputs may take, where the process may have little of the machine. Default a minute. */
  readonly silentMs?: number;
}

/** How it went with all that it had planned. */
export interface FuzzOutcome {
  readonly planned: readonly Pick<FuzzTarget, 'name' | 'kind' | 'inputs'>[];
  readonly reports: readonly FuzzReport[];
  /** What went wrong, in parsers or with the process itself. */
  readonly faults: readonly string[];
}

/** A hundred inputs take milliseconds; on a machine that does much else, and with pictures, some seconds. */
const SILENT_MS = 60_000;
/** A small nursery: the process's size tells then of what is kept, not of what was there for a moment. */
const FLAGS = ['--expose-gc', '--max-semi-space-size=2'];

/** Runs it to its end. What it planned and did not report is a fault, and so is any end but a good one. */
export async function runChild({ main, args, silentMs }: FuzzChild): Promise<FuzzOutcome> {
  const child = spawn(process.execPath, [...FLAGS, main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const heard = new Heard();
  let quietMs: number | undefined;
  let alarm: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(alarm);
    const limitMs = heard.hasPlanned ? (silentMs ?? SILENT_MS) : SILENT_MS;
    alarm = setTimeout(() => {
      quietMs = limitMs;
      child.kill('SIGKILL');
    }, limitMs);
  };
  watch();
  for await (const line of createInterface(child.stdout)) {
    heard.note(JSON.parse(line) as FuzzLine);
    watch();
  }
  const [code, signal] = await closed;
  clearTimeout(alarm);
  if (quietMs !== undefined) return heard.outcome(`nothing was heard for ${quietMs / 1_000} s`);
  return heard.outcome(code === 0 ? null : `the process ended with ${signal ?? code}`);
}

/** What was heard of a process until it ended. */
class Heard {
  readonly #reports: FuzzReport[] = [];
  #planned: FuzzOutcome['planned'] | undefined;
  #doing = 'its start';
  #seed: number | undefined;

  get hasPlanned(): boolean {
    return this.#planned !== undefined;
  }

  note(line: FuzzLine): void {
    if ('planned' in line) this.#planned = line.planned;
    else if ('begun' in line) this.#doing = line.begun;
    else if ('fromSeed' in line) this.#seed = line.fromSeed;
    else this.#reports.push(line);
  }

  /** @param end what was wrong with its end */
  outcome(end: string | null): FuzzOutcome {
    const planned = this.#planned ?? [];
    const faults = [
      ...(end === null ? [] : [`${this.#doing}, from seed ${this.#seed} on: ${end}`]),
      ...(planned.length === 0 ? ['nothing was planned'] : []),
      ...planned.flatMap((target) => this.#missing(target)),
      ...this.#reports.flatMap((report) => report.faults.map((one) => `${report.name}: ${one}`)),
    ];
    return { planned, reports: this.#reports, faults };
  }

  #missing({ name, inputs }: FuzzOutcome['planned'][number]): string[] {
    const reports = this.#reports.filter((report) => report.name === name);
    const tried = reports.reduce((sum, report) => sum + report.inputs, 0);
    const isWhole = reports.length === 1 && tried === inputs;
    return isWhole ? [] : [`${name}: ${tried} of ${inputs} inputs were tried`];
  }
}
