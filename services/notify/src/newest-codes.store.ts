import { epochMs } from '@latchkey/contracts';
import { type Bucket, Failure } from '@latchkey/runtime';
import { z } from 'zod';

/** A value of the bucket `newest-codes`, by person. */
export const newestCode = z.object({
  job: z.string(),
  /** When it was issued. */
  at: epochMs,
  /** The job of the code before. */
  before: z.string().nullable(),
});
type NewestCode = z.infer<typeof newestCode>;

/**
 * Within so long neither of two codes is taken for the older: the registry's replicas have clocks of their own, and a
 * command that lost against others is dated by when it came.
 */
const SLACK_MS = 5_000;
const MAX_TRIES = 20;

/** Which code of each person is the newest: the only one that opens. */
export class NewestCodes {
  readonly #codes: Bucket<NewestCode>;

  constructor(codes: Bucket<NewestCode>) {
    this.#codes = codes;
  }

  /**
   * Takes a code that is to be mailed into account; once more changes nothing.
   * @param whose a person's, or a person's duress code
   * @returns the job of the code that it makes void, if any; or that it is void itself
   */
  async take(
    whose: string,
    { job, at }: { readonly job: string; readonly at: number },
  ): Promise<{ readonly isVoid: boolean; readonly before: string | null }> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entry = await this.#codes.get(whose);
      if (entry?.value.job === job) return { isVoid: false, before: entry.value.before };
      if (entry && at < entry.value.at) {
        return { isVoid: at < entry.value.at - SLACK_MS, before: null };
      }
      const before = entry?.value.job ?? null;
      const written = entry
        ? await this.#codes.update(whose, { job, at, before }, entry.revision)
        : await this.#codes.create(whose, { job, at, before });
      if (written !== 'conflict') return { isVoid: false, before };
    }
    throw Failure.retryable('LK-BUS-006', 'Which code is the newest could not be noted.');
  }
}
