import type { applicantNotice, DenialReason } from '@latchkey/contracts';
import type { z } from 'zod';

/** The data of a job for someone whose registration came to nothing. */
export type ApplicantNotice = z.infer<typeof applicantNotice.data>;

/** What the words of an occasion are made of. `name` is whom it is about, or empty; `door` and `when` as people write them. */
export interface OccasionFacts {
  readonly name: string;
  readonly door: string;
  readonly when: string;
  readonly reason: DenialReason | null;
  readonly count: number;
  readonly hasPhotograph: boolean;
}
