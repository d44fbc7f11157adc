/** How far a stream is read into the model; undefined: not known yet. */
export type Progress = { readonly read: number; readonly all: number } | undefined;

/** So long does a start wait for the history; longer, all else is offered meanwhile. */
export const WAIT_FOR_HISTORY_MS = 10_000;

/** What is still to be read of all streams, in words; undefined: nothing. */
export function catchingUp(streams: readonly Progress[]): string | undefined {
  const known = streams.filter((one) => one !== undefined);
  if (known.length < streams.length) return 'the streams are not known yet';
  const read = known.reduce((sum, one) => sum + one.read, 0);
  const all = known.reduce((sum, one) => sum + one.all, 0);
  return read >= all ? undefined : `catching up: ${read} of ${all} events are read`;
}

/** Whether the gateway may be called started though the history is not whole: it is being read, and that takes long. */
export function isLongCatchUp(streams: readonly Progress[], sinceMs: number): boolean {
  return sinceMs >= WAIT_FOR_HISTORY_MS && streams.every((one) => one !== undefined);
}
