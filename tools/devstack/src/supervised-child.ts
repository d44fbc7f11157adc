import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { restartDelayMs } from './log-line.pure.js';
import { endProcess, signalGroup, spawnWatched } from './watched-process.js';

/** A program that will not start with these settings, however often it is tried (sysexits.h EX_CONFIG). */
const badSettingsExit = 78;
const healthyAfterMs = 30_000;
/** So often may a program end before it has been ready even once: some 8 s of trying. */
const maxEndsAtFirst = 6;
const pollMs = 100;
const pollTimeoutMs = 2_000;
/** Longer than a service gives itself for an orderly end (15 s). */
const stopTimeoutMs = 20_000;
const keptLines = 20;

export interface ChildSpec {
  /** Unique; the prefix of its log lines. */
  name: string;
  command: string;
  args: string[];
  /** The whole environment. */
  env: NodeJS.ProcessEnv;
  /** Port on 127.0.0.1 whose /readyz answers 200 when it is ready. */
  healthPort: number;
  /** Ends after all the others have ended. */
  stopsLast?: boolean;
}

export interface ChildStatus {
  name: string;
  /** Undefined between two lives. */
  pid: number | undefined;
  restarts: number;
  ready: boolean;
  healthUrl: string;
  /** The last lines that it logged, as they came. */
  lastLines: readonly string[];
}

export interface ChildListener {
  /** Each line that it writes. */
  line(text: string): void;
  /** It has become ready, or has ended. */
  change(): void;
  /** It is not started again: it refuses its settings, or ended again and again before it was ever ready. */
  hopeless(): void;
}

async function answersReady(port: number, signal: AbortSignal): Promise<boolean> {
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(pollTimeoutMs)]);
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: either });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // not listening yet, or no longer
  }
}

/** One program, kept running: when it ends it is started again, slower and slower. */
export class SupervisedChild {
  private readonly spec: ChildSpec;
  private readonly hears: ChildListener;
  private process: ChildProcess | undefined;
  private life: Promise<void> = Promise.resolve();
  private restarts = 0;
  private endsInARow = 0;
  private ready = false;
  private wasReady = false;
  private readonly stopping = new AbortController();
  private readonly lastLines: string[] = [];

  constructor(spec: ChildSpec, hears: ChildListener) {
    this.spec = spec;
    this.hears = hears;
    this.launch();
  }

  get stopsLast(): boolean {
    return this.spec.stopsLast ?? false;
  }

  status(): ChildStatus {
    const { name, healthPort } = this.spec;
    const healthUrl = `http://127.0.0.1:${healthPort}`;
    const { restarts, ready, lastLines } = this;
    return { name, pid: this.process?.pid, restarts, ready, healthUrl, lastLines };
  }

  /** Sends a signal and resolves when that life has ended. It will be started again. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.process !== undefined) signalGroup(this.process, signal);
    await this.life;
  }

  /** Ends it for good: SIGTERM, and SIGKILL when it has not ended 20 s later. */
  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.process !== undefined) await endProcess(this.process, stopTimeoutMs);
  }

  private launch(): void {
    const { command, args, env } = this.spec;
    const child = spawnWatched(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    const startedAt = Date.now();
    for (const input of [child.stdout, child.stderr]) {
      if (input) createInterface({ input }).on('line', (line) => this.take(line));
    }
    child.once('error', (error) => this.take(`could not be started: ${error.message}`));
    const ended = new AbortController();
    this.life = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        ended.abort();
        this.ended(code, signal, Date.now() - startedAt);
        resolve();
      });
    });
    void this.watchReadiness(AbortSignal.any([ended.signal, this.stopping.signal]));
  }

  private take(line: string): void {
    this.lastLines.push(line);
    if (this.lastLines.length > keptLines) this.lastLines.shift();
    this.hears.line(line);
  }

  private async watchReadiness(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      if (await answersReady(this.spec.healthPort, over)) {
        if (over.aborted) return;
        this.ready = true;
        this.wasReady = true;
        this.hears.change();
        return;
      }
      await delay(pollMs);
    }
  }

  private ended(code: number | null, signal: NodeJS.Signals | null, livedMs: number): void {
    this.process = undefined;
    this.ready = false;
    if (this.stopping.signal.aborted) return;
    this.hears.change();
    this.endsInARow = livedMs > healthyAfterMs ? 1 : this.endsInARow + 1;
    if (code === badSettingsExit || (!this.wasReady && this.endsInARow >= maxEndsAtFirst)) {
      this.hears.hopeless();
      return;
    }
    const waitMs = restartDelayMs(this.endsInARow);
    this.take(`ended (${signal ?? `exit code ${code}`}); starts again in ${waitMs} ms`);
    void this.relaunchAfter(waitMs);
  }

  private async relaunchAfter(waitMs: number): Promise<void> {
    const stopped = await delay(waitMs, false, { signal: this.stopping.signal }).catch(() => true);
    if (stopped) return;
    this.restarts += 1;
    this.launch();
  }
}
