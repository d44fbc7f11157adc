import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

/** To the door's audience: someone entered. */
export function personEntered({ name, door, when }: OccasionFacts): MailWords {
  return {
    subject: `${name} logged in`,
    heading: `${name} logged in`,
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['Door', door],
          ['When', when],
        ],
      },
    ],
    because: 'You get this mail because this door tells its people who enters.',
  };
}
