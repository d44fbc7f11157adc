import type { DoorDisplay } from '@latchkey/contracts';

/** The wait for a code, as its ring is drawn: ms since 1970 by the server's clock. */
export interface Wait {
  readonly attempt: string | null;
  /** When it was first heard of, or began. */
  readonly from: number;
  readonly until: number;
}

/**
 * The wait that a display tells of, or that goes on behind it, as while a code is checked.
 * @param before the wait so far: within an attempt it keeps its beginning, also where its end is put off
 */
export function waitAfter(before: Wait | null, display: DoorDisplay): Wait | null {
  const { attempt, deadline, at } = display;
  const isSame = before?.attempt === attempt;
  if (deadline === null) return isSame ? before : null;
  return { attempt, from: isSame && before ? before.from : at, until: deadline };
}

/** How much of the wait is over at that time, 0..1. */
export function shareOver({ from, until }: Wait, nowMs: number): number {
  const wholeMs = Math.max(1, until - from);
  return Math.min(1, Math.max(0, (nowMs - from) / wholeMs));
}
