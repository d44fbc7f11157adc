import { Failure } from './failure.js';

/** Longer than any request of the client takes, and than a listing of a large bucket. */
const LONGEST_MS = 10_000;

/**
 * Does something with the broker in bounded time. The client leaves a listing, or an object's chunks, open for ever where
 * the broker died under them; whoever waited for that would never try again.
 * @throws Failure LK-BUS-001, retryable, where it takes too long.
 */
export async function withinTime<Result>(
  doing: string,
  act: () => Promise<Result>,
  longestMs = LONGEST_MS,
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(Failure.retryable('LK-BUS-001', `${doing}: no end after ${longestMs} ms.`)),
    longestMs,
  );
  try {
    return await Promise.race([act(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
