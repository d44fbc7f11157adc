import { EventEmitter } from 'node:events';
import { DevstackError } from './devstack-error.js';
import { logPrefix, readableLine } from './log-line.pure.js';
import { type ChildSpec, type ChildStatus, SupervisedChild } from './supervised-child.js';

export interface SuperviseOptions {
  /** Takes each line that a program writes, with its prefix. */
  log?: (line: string) => void;
  coloured?: boolean;
}

export interface Supervisor extends AsyncDisposable {
  /**
   * Resolves when every program is ready at the same time. Rejects with LK-DEV-006 and the last words of those that are
   * not, after `timeoutMs` or as soon as one is hopeless; with the signal's reason when aborted.
   */
  ready(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  children(): ChildStatus[];
  /** Ends one life of a program; it is started again. Resolves when that life is over. Throws where there is no such name. */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Rejects when a program refuses its settings (exit 78) or ends 6 times before it is ever ready; never resolves. */
  readonly hopeless: Promise<never>;
  /** Ends all in good order, by force after 20 s. Idempotent. */
  stop(): Promise<void>;
}

function complaint(children: ChildStatus[], why: string): DevstackError {
  const parts = children
    .filter(({ ready }) => !ready)
    .map(({ name, lastLines }) => {
      const words = lastLines.map((line) => `    ${readableLine(line)}`);
      return [`  ${name}:`, ...words].join('\n');
    });
  return new DevstackError('LK-DEV-006', `${why}\n${parts.join('\n')}`);
}

/** Runs the programs and keeps them running until stop(). They end with this process, however that ends. */
export function supervise(specs: ChildSpec[], options: SuperviseOptions = {}): Supervisor {
  const { log = () => undefined, coloured = false } = options;
  const width = Math.max(...specs.map(({ name }) => name.length));
  const changes = new EventEmitter();
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => undefined); // heard by whoever awaits `hopeless` or `ready`
  const programs = new Map(
    specs.map((spec, index) => {
      const prefix = logPrefix(spec.name, index, width, coloured);
      const child: SupervisedChild = new SupervisedChild(spec, {
        line: (text) => log(prefix + readableLine(text)),
        change: () => changes.emit('change'),
        hopeless: () =>
          refused.reject(complaint([child.status()], `${spec.name} cannot be brought up:`)),
      });
      return [spec.name, child] as const;
    }),
  );
  const children = () => [...programs.values()].map((child) => child.status());

  const allReady = () =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!children().every(({ ready }) => ready)) return;
        changes.off('change', look);
        resolve();
      };
      changes.on('change', look);
      look();
    });

  let stopped: Promise<unknown> | undefined;
  const stopAll = async () => {
    const [last, first] = [true, false].map((stopsLast) =>
      [...programs.values()].filter((child) => child.stopsLast === stopsLast),
    );
    await Promise.all((first ?? []).map((child) => child.stop()));
    await Promise.all((last ?? []).map((child) => child.stop()));
  };
  const stop = async () => {
    await (stopped ??= stopAll());
  };

  return {
    ready: (timeoutMs, signal) => {
      const late = () => complaint(children(), `not ready after ${timeoutMs / 1000} s:`);
      return bounded([allReady(), refused.promise], timeoutMs, late, signal);
    },
    children,
    kill: async (name, signal = 'SIGKILL') => {
      const child = programs.get(name);
      if (child === undefined) throw new Error(`There is no program "${name}" here.`);
      await child.kill(signal);
    },
    hopeless: refused.promise,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The first of the promises to settle; rejects with `late()` after `timeoutMs`, or with the signal's reason. */
async function bounded(
  promises: Promise<void>[],
  timeoutMs: number,
  late: () => DevstackError,
  signal?: AbortSignal,
): Promise<void> {
  const bound = Promise.withResolvers<never>();
  const timer = setTimeout(() => bound.reject(late()), timeoutMs);
  const abort = () => bound.reject(signal?.reason as Error);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    await Promise.race([...promises, bound.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
