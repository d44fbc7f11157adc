/** A mail that could not be sent for a day is no news any more, and a code is better asked for anew. */
const GIVE_UP_MS = 24 * 60 * 60_000;
/** An unexpected fault that stays is a defect, not an outage. */
const MAX_DEFECT_TRIES = 12;

/** Whether a job that could not be done now is to be tried once more. */
export function isWorthATry(job: { ageMs: number; tries: number; isDefect: boolean }): boolean {
  if (job.ageMs >= GIVE_UP_MS) return false;
  return !job.isDefect || job.tries < MAX_DEFECT_TRIES;
}
