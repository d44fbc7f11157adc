/** What a camera's pacing needs to know of a frame. */
export interface PacedFrame {
  readonly id: string;
  /** When it arrived, by the monotonic clock. */
  readonly arrivedMs: number;
  /** How long its observation is waited for; see `patienceMs`. */
  readonly patienceMs: number;
}

/** One camera: at most one frame published and not yet observed, at most one waiting. */
export interface Pacing<Frame extends PacedFrame> {
  readonly waiting: Frame | undefined;
  readonly inFlight: { readonly id: string; readonly untilMs: number } | undefined;
  /** After a failure nothing is published before this. */
  readonly notBeforeMs: number;
}

export type PacingInput<Frame extends PacedFrame> =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'observed'; readonly id: string }
  /** Publishing failed: nothing is in flight, and the frame waits again unless a newer one does. */
  | { readonly kind: 'failed'; readonly frame: Frame }
  | { readonly kind: 'tick' };

export interface PacingStep<Frame extends PacedFrame> {
  readonly pacing: Pacing<Frame>;
  readonly publish: Frame | undefined;
  /** When to ask again with a `tick`, by the monotonic clock; `undefined`: not before the next input. */
  readonly wakeAtMs: number | undefined;
}

/** After about this long without its observation a frame counts as lost: it was discarded, or a worker died. */
export const OBSERVATION_WAIT_MS = 1_000;
/** How much shorter or longer it may be. */
const PATIENCE_SPREAD = 0.3;
/** An older frame decides nothing any more: what a decision rests on was captured at most 2 s before. */
export const FRAME_MAX_HELD_MS = 2_000;
/** While the broker is away, publishing is tried so often. */
export const RETRY_AFTER_MS = 250;

export const idlePacing = { waiting: undefined, inFlight: undefined, notBeforeMs: 0 } as const;

/**
 * How long a frame's observation is waited for. A newer frame takes its place at the end of the line, so before too few
 * workers cameras that all waited equally long would find the same ones served each time; chance makes them take turns.
 * @param chance 0..1, uniform
 */
export function patienceMs(chance: number): number {
  return OBSERVATION_WAIT_MS * (1 + PATIENCE_SPREAD * (2 * chance - 1));
}

/**
 * What a camera does next: publishes its newest frame once the last one's observation has come, or after about 1 s.
 * Without this, a stream of frames starves doors: workers would look at old frames of a few of them.
 */
export function pace<Frame extends PacedFrame>(
  before: Pacing<Frame>,
  input: PacingInput<Frame>,
  nowMs: number,
): PacingStep<Frame> {
  const pacing = forgetOld(take(before, input, nowMs), nowMs);
  const { waiting, inFlight, notBeforeMs } = pacing;
  if (!waiting) return { pacing, publish: undefined, wakeAtMs: undefined };
  const freeAtMs = Math.max(notBeforeMs, inFlight?.untilMs ?? 0);
  if (nowMs < freeAtMs) return { pacing, publish: undefined, wakeAtMs: freeAtMs };
  const sent = { id: waiting.id, untilMs: nowMs + waiting.patienceMs };
  return {
    pacing: { waiting: undefined, inFlight: sent, notBeforeMs: 0 },
    publish: waiting,
    wakeAtMs: undefined,
  };
}

function take<Frame extends PacedFrame>(
  pacing: Pacing<Frame>,
  input: PacingInput<Frame>,
  nowMs: number,
): Pacing<Frame> {
  const { waiting, inFlight } = pacing;
  if (input.kind === 'frame') return { ...pacing, waiting: input.frame };
  if (input.kind === 'observed' && inFlight?.id === input.id) {
    return { ...pacing, inFlight: undefined };
  }
  if (input.kind === 'failed' && inFlight?.id === input.frame.id) {
    return {
      waiting: waiting ?? input.frame,
      inFlight: undefined,
      notBeforeMs: nowMs + RETRY_AFTER_MS,
    };
  }
  return pacing;
}

function forgetOld<Frame extends PacedFrame>(
  { waiting, inFlight, notBeforeMs }: Pacing<Frame>,
  nowMs: number,
): Pacing<Frame> {
  return {
    waiting: waiting && nowMs - waiting.arrivedMs <= FRAME_MAX_HELD_MS ? waiting : undefined,
    inFlight: inFlight && nowMs < inFlight.untilMs ? inFlight : undefined,
    notBeforeMs,
  };
}
