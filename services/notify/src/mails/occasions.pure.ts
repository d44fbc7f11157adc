import type { applicantNotice, DenialReason, MailOccasion } from '@latchkey/contracts';
import type { z } from 'zod';
import { guardAlarm } from './guard-alarm.pure.js';
import type { MailWords } from './layout.pure.js';
import { personEntered } from './person-entered.pure.js';
import { personRegistered } from './person-registered.pure.js';
import { registrationFailed } from './registration-failed.pure.js';
import { unknownVisitor } from './unknown-visitor.pure.js';
import { wrongCodeAsYou } from './wrong-code-as-you.pure.js';

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

/** The words of each occasion; one file each. */
export const occasions: Record<MailOccasion, (facts: OccasionFacts) => MailWords> = {
  'person-registered': personRegistered,
  'registration-failed': registrationFailed,
  'person-entered': personEntered,
  'unknown-visitor': unknownVisitor,
  'wrong-code-as-you': wrongCodeAsYou,
  'guard-alarm': guardAlarm,
};
