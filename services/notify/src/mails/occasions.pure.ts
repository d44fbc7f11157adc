import type { MailOccasion } from '@latchkey/contracts';
import { guardAlarm } from './guard-alarm.pure.js';
import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';
import { personEntered } from './person-entered.pure.js';
import { personRegistered } from './person-registered.pure.js';
import { registrationFailed } from './registration-failed.pure.js';
import { silentAlarm } from './silent-alarm.pure.js';
import { unknownVisitor } from './unknown-visitor.pure.js';
import { wrongCodeAsYou } from './wrong-code-as-you.pure.js';

/** The words of each occasion; one file each. */
export const occasions: Record<MailOccasion, (facts: OccasionFacts) => MailWords> = {
  'person-registered': personRegistered,
  'registration-failed': registrationFailed,
  'person-entered': personEntered,
  'unknown-visitor': unknownVisitor,
  'wrong-code-as-you': wrongCodeAsYou,
  'guard-alarm': guardAlarm,
  'silent-alarm': silentAlarm,
};
