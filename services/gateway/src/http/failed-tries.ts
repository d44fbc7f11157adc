import { keepNewest } from '@latchkey/runtime';
import { countTry, type TryLimits, type TryWindow } from './failed-tries.pure.js';

const defaultTryLimits: TryLimits = { tries: 10, windowMs: 60_000, keys: 10_000 };

/** Counts tries by key. */
export interface FailedTries {
  /** Counts one more try. @returns the milliseconds to wait, 0 while there are tries left. */
  add(key: string, nowMs: number): number;
}

/** A counter of failed tries in fixed windows, in this process's memory and bounded in it. */
export function countFailedTries(limits: TryLimits = defaultTryLimits): FailedTries {
  const windows = new Map<string, TryWindow>();
  return {
    add(key, nowMs) {
      const { next, waitMs } = countTry(windows.get(key), nowMs, limits);
      keepNewest(windows, [key, next], limits.keys);
      return waitMs;
    },
  };
}
