import type { MailWords } from './layout.pure.js';
import type { ApplicantNotice } from './occasion-facts.js';

const why: Record<ApplicantNotice['reason'], string> = {
  quit: 'It was given up before it was complete.',
  expired: 'It was not completed in time.',
  samples: 'The pictures that were taken could not be used.',
};

/** The mail to someone whose registration came to nothing. `detail` says what was wrong, or is empty. */
export function applicantMail(facts: {
  name: string;
  reason: ApplicantNotice['reason'];
  detail: string;
}): MailWords {
  return {
    subject: 'Your registration did not succeed',
    heading: `${facts.name}, your registration did not succeed`,
    blocks: [
      { kind: 'paragraph', text: why[facts.reason] },
      ...(facts.detail.trim()
        ? [{ kind: 'facts', rows: [['What was wrong', facts.detail]] } as const]
        : []),
      {
        kind: 'paragraph',
        text: 'Nothing of you is stored: no picture, no name and no address. You can register anew at any time.',
      },
    ],
    because: 'You get this mail because a registration was begun with this address.',
  };
}
