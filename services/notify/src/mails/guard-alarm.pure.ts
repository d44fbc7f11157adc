import type { DenialReason } from '@latchkey/contracts';
import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

const titles: Partial<Record<DenialReason, string>> = {
  'not-live': 'A face that is not live',
  mismatch: 'Face and code of two people',
  'wrong-code': 'Five wrong codes',
};

/** To the guards. `name` is whom the camera took the visitor for, or empty. */
export function guardAlarm(facts: OccasionFacts): MailWords {
  const title = (facts.reason && titles[facts.reason]) ?? 'An alarm';
  const rows: [string, string][] = [
    ['Door', facts.door],
    ['When', facts.when],
  ];
  if (facts.name) rows.push(['Taken for', facts.name]);
  return {
    subject: `Alarm at ${facts.door}: ${title.toLowerCase()}`,
    heading: title,
    blocks: [
      {
        kind: 'paragraph',
        text: `The door stayed shut.${facts.hasPhotograph ? ' A photograph is attached.' : ''}`,
      },
      { kind: 'facts', rows },
    ],
    because: 'You get this mail because you are a guard.',
  };
}
