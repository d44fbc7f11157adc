import type { ErrorCode, SampleVerdict } from '@latchkey/contracts';

/** How many samples a registration needs. */
export const SAMPLES_NEEDED = 5;

/** The code under which a sample is refused; `null` for a good one. */
export const verdictCodes: Readonly<Record<SampleVerdict, ErrorCode | null>> = {
  good: null,
  'no-face': 'LK-SMP-001',
  'two-faces': 'LK-SMP-002',
  'too-small': 'LK-SMP-003',
  blurred: 'LK-SMP-004',
  'too-dark': 'LK-SMP-005',
  'too-bright': 'LK-SMP-006',
  'eyes-shut': 'LK-SMP-007',
  'turned-away': 'LK-SMP-008',
  'not-live': 'LK-SMP-009',
};

/** What to do after a good sample. */
export function nextStep(samples: number): string {
  if (samples >= SAMPLES_NEEDED) return 'All five samples are there: commit the registration.';
  return `Take sample ${samples + 1} of ${SAMPLES_NEEDED}; look a little different each time.`;
}
