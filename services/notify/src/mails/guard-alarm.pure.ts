import type { DenialReason } from '@latchkey/contracts';
import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

const titles: Partial<Record<DenialReason, string>> = {
  'not-live': 'A face that is not live',
  mismatch: 'Face and code of two people',
  'wrong-code': 'Five wrong codes',
};

/** To the guards: one alarm, or how many more within the minutes after a first one. `name` is whom the camera took the visitor for, or empty. */
export function guardAlarm(facts: OccasionFacts): MailWords {
  const title = (facts.reason && titles[facts.reason]) ?? 'An alarm';
  const gathered = facts.count > 1;
  const rows: [string, string][] = [
    ['Door', facts.door],
    [gathered ? 'Last time' : 'When', facts.when],
  ];
  if (gathered) rows.push(['How many', String(facts.count)]);
  if (facts.name) rows.push(['Taken for', facts.name]);
  return {
    subject: gathered
      ? `${facts.count} more alarms at ${facts.door}: ${title.toLowerCase()}`
      : `Alarm at ${facts.door}: ${title.toLowerCase()}`,
    heading: title,
    blocks: [
      {
        kind: 'paragraph',
        text: `${gathered ? `This came ${facts.count} more times, shortly after the first. ` : ''}The door stayed shut.${photographed(facts)}`,
      },
      { kind: 'facts', rows },
    ],
    because: 'You get this mail because you are a guard.',
  };
}

function photographed({ count, hasPhotograph }: OccasionFacts): string {
  if (!hasPhotograph) return '';
  return count > 1 ? ' A photograph of the last time is attached.' : ' A photograph is attached.';
}
