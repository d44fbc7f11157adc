import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

/** To the person whom the camera took the visitor for. */
export function wrongCodeAsYou({ door, when, reason, count }: OccasionFacts): MailWords {
  const what =
    reason === 'mismatch'
      ? `At ${door} an entry was begun as you, but face and code were not of one person.`
      : `At ${door} wrong codes were shown by someone whom the camera took for you.`;
  const then =
    reason === 'mismatch'
      ? 'The door stayed shut; your code still works.'
      : 'The door stayed shut, and is locked for you for a while, longer each time; your code still works after that.';
  return {
    subject: 'Someone showed a wrong code as you',
    heading: 'Someone showed a wrong code as you',
    blocks: [
      { kind: 'paragraph', text: `${what} ${then}` },
      {
        kind: 'facts',
        rows: [
          ['Door', door],
          [count > 1 ? 'Last time' : 'When', when],
          ...(count > 1 ? [['How many more times', String(count)] satisfies [string, string]] : []),
        ],
      },
      { kind: 'paragraph', text: 'If it was not you, tell a guard, or whoever registered you.' },
    ],
    because: 'You get this mail because you are registered for entry.',
  };
}
