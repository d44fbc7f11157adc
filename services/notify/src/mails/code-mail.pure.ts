import type { CodeReason } from '@latchkey/contracts';
import type { Block, MailWords } from './layout.pure.js';

/** What the mail of a code tells. `door` and `when` are as people write them. */
export interface CodeMailFacts {
  readonly name: string;
  readonly reason: CodeReason;
  readonly door: string | null;
  readonly when: string;
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const ONCE = 'It opens one door, once, and only together with your face. Keep it to yourself.';
const EARLIER_IS_VOID = 'Any earlier code no longer works.';

/** The mail to the person whose code it is; the picture of the code is attached and inline. */
export function codeMail(facts: CodeMailFacts): MailWords {
  const { subject, heading, opening, closing } = openings[facts.reason](facts);
  return {
    subject,
    heading,
    blocks: [
      paragraph(opening),
      { kind: 'code', caption: 'Your entry code' },
      paragraph(ONCE),
      ...closing.map(paragraph),
      { kind: 'facts', rows: [['Issued', facts.when]] },
    ],
    because: 'You get this mail because you are registered for entry.',
  };
}

interface Opening {
  readonly subject: string;
  readonly heading: string;
  readonly opening: string;
  readonly closing: readonly string[];
}

const openings: Record<CodeReason, (facts: CodeMailFacts) => Opening> = {
  registered: ({ name }) => ({
    subject: 'You are registered: your first entry code',
    heading: `Welcome, ${name}`,
    opening: 'Your registration succeeded. This is your first entry code.',
    closing: [
      'At a door, look into the camera. When the door asks for your code, show this one on your phone or on paper.',
      'As soon as you have used it, your next code comes by mail.',
    ],
  }),
  granted: ({ name, door }) => ({
    subject: 'Your next entry code',
    heading: `Your next code, ${name}`,
    opening: `You entered${door ? ` at ${door}` : ''}. The code that you showed is used up; this is your next one.`,
    closing: ['If you did not enter, tell your operator at once.'],
  }),
  reissued: ({ name }) => ({
    subject: 'Your new entry code',
    heading: `Your new code, ${name}`,
    opening: `An operator issued a new code for you. ${EARLIER_IS_VOID}`,
    closing: [],
  }),
  duress: ({ name }) => ({
    subject: 'A second entry code for you',
    heading: `A second code, ${name}`,
    opening:
      'Show this code instead of your ordinary one if somebody forces you to open a door. The door does what it always does, and the guards are told silently.',
    closing: [
      'Keep it apart from your ordinary codes, where you can tell them apart and nobody else can; then delete this mail.',
      'Your ordinary code stays as it is. An earlier second code no longer works.',
    ],
  }),
  requested: ({ name, door }) => ({
    subject: 'Your new entry code',
    heading: `Your new code, ${name}`,
    opening: `A new code was asked for${door ? ` at ${door}` : ' at a door'}. ${EARLIER_IS_VOID}`,
    closing: ['If you did not ask for it, tell your operator.'],
  }),
};
