import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

/** To the guards: somebody showed their duress code. */
export function silentAlarm({ door, when, name }: OccasionFacts): MailWords {
  return {
    subject: `Silent alarm at ${door}: duress code shown`,
    heading: 'Somebody is being forced to open a door',
    blocks: [
      {
        kind: 'paragraph',
        text: `At ${door} ${name || 'somebody'} showed their duress code. The door did what it does for any code, and nobody there was told of this alarm.`,
      },
      {
        kind: 'facts',
        rows: [
          ['Person', name || 'not known'],
          ['Door', door],
          ['When', when],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Whoever forces them may be beside them: do not call, write or name this to them. When they are safe, have a new duress code issued.',
      },
    ],
    because: 'You get this mail because you are a guard.',
  };
}
