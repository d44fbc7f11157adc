import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

/** To the door's audience: one stranger, or how many more within the minutes after a first one. */
export function unknownVisitor({ door, when, count, hasPhotograph }: OccasionFacts): MailWords {
  const gathered = count > 1;
  return {
    subject: gathered
      ? `Action required: ${count} more unknown visitors at ${door}`
      : `Action required: unknown visitor at ${door}`,
    heading: 'Action required',
    blocks: [
      {
        kind: 'paragraph',
        text: gathered
          ? `${count} more times within some minutes someone who is not registered was turned away at ${door}.`
          : `Someone who is not registered was turned away at ${door}.`,
      },
      {
        kind: 'paragraph',
        text: `The door stayed shut. ${hasPhotograph ? photographed(gathered) : 'There is no photograph.'}`,
      },
      {
        kind: 'facts',
        rows: [
          ['Door', door],
          [gathered ? 'Last seen' : 'When', when],
          ['How many', String(count)],
        ],
      },
      {
        kind: 'paragraph',
        text: 'If you know the person, tell them how to register; if not, tell a guard.',
      },
    ],
    because: 'You get this mail because this door reports strangers to you.',
  };
}

function photographed(gathered: boolean): string {
  return gathered ? 'A photograph of the last one is attached.' : 'A photograph is attached.';
}
