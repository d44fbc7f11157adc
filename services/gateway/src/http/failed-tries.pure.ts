/** How many failed tries of one address are answered as such within a window. */
export interface TryLimits {
  readonly tries: number;
  readonly windowMs: number;
  /** How many addresses are remembered; beyond it the one seen longest ago is forgotten. */
  readonly addresses: number;
}

const defaultTryLimits: TryLimits = { tries: 10, windowMs: 60_000, addresses: 10_000 };

/** Counts failed tries by address. A valid token is never counted, so nobody can lock an operator out. */
export interface FailedTries {
  /** Counts one more failed try. @returns the milliseconds to wait, 0 while there are tries left. */
  add(address: string, nowMs: number): number;
}

/** A counter of failed tries in fixed windows, bounded in memory. */
export function countFailedTries(limits: TryLimits = defaultTryLimits): FailedTries {
  const windows = new Map<string, { startMs: number; count: number }>();
  return {
    add(address, nowMs) {
      const known = windows.get(address);
      const current =
        known && nowMs - known.startMs < limits.windowMs ? known : { startMs: nowMs, count: 0 };
      current.count += 1;
      // Deleted first, so that the map's order is that of the last try.
      windows.delete(address);
      windows.set(address, current);
      if (windows.size > limits.addresses) windows.delete(windows.keys().next().value ?? address);
      return current.count > limits.tries ? current.startMs + limits.windowMs - nowMs : 0;
    },
  };
}
