/** How many tries of one key, such as an address, are let through within a window. */
export interface TryLimits {
  readonly tries: number;
  readonly windowMs: number;
  /** How many keys are remembered; beyond it the one seen longest ago is forgotten. */
  readonly keys: number;
}

const defaultTryLimits: TryLimits = { tries: 10, windowMs: 60_000, keys: 10_000 };

/** Counts tries by key. */
export interface FailedTries {
  /** Counts one more try. @returns the milliseconds to wait, 0 while there are tries left. */
  add(key: string, nowMs: number): number;
  /** Forgets those of a key, e.g. since one of them was right. */
  forget(key: string): void;
}

/** A counter of failed tries in fixed windows, bounded in memory. */
export function countFailedTries(limits: TryLimits = defaultTryLimits): FailedTries {
  const windows = new Map<string, { startMs: number; count: number }>();
  return {
    add(key, nowMs) {
      const known = windows.get(key);
      const current =
        known && nowMs - known.startMs < limits.windowMs ? known : { startMs: nowMs, count: 0 };
      current.count += 1;
      // Deleted first, so that the map's order is that of the last try.
      windows.delete(key);
      windows.set(key, current);
      if (windows.size > limits.keys) windows.delete(windows.keys().next().value ?? key);
      return current.count > limits.tries ? current.startMs + limits.windowMs - nowMs : 0;
    },
    forget(key) {
      windows.delete(key);
    },
  };
}
