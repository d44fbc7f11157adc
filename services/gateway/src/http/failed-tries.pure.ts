/** How many tries of one key, such as an address, are let through within a window. */
export interface TryLimits {
  readonly tries: number;
  readonly windowMs: number;
  /** How many keys are remembered; beyond it the one seen longest ago is forgotten. */
  readonly keys: number;
  /** After so many in all, with no longer pause than they are remembered for, only so few are let through in a window. */
  readonly slowed?: { readonly after: number; readonly tries: number };
}

/** The window that a key's tries are counted in. */
export interface TryWindow {
  readonly startMs: number;
  readonly count: number;
  /** Of this window and those before it, back to when there was none remembered. */
  readonly total?: number | undefined;
}

/** One more try, in the window that runs or, where that has passed, in a new one. `waitMs`: 0 while there are tries left. */
export function countTry(
  known: TryWindow | undefined,
  nowMs: number,
  { tries, windowMs, slowed }: Omit<TryLimits, 'keys'>,
): { next: TryWindow; waitMs: number } {
  const runs = known !== undefined && nowMs - known.startMs < windowMs;
  const total = (known?.total ?? known?.count ?? 0) + 1;
  const next = runs
    ? { ...known, count: known.count + 1, total }
    : { startMs: nowMs, count: 1, total };
  const left = slowed && total > slowed.after ? slowed.tries : tries;
  return { next, waitMs: next.count > left ? next.startMs + windowMs - nowMs : 0 };
}
