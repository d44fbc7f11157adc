import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

/** To those registered: someone's registration came to nothing. */
export function registrationFailed({ name, when }: OccasionFacts): MailWords {
  return {
    subject: `${name}: registration failed`,
    heading: `${name}: registration failed`,
    blocks: [
      { kind: 'paragraph', text: `${name} was not registered and cannot enter.` },
      { kind: 'facts', rows: [['When', when]] },
    ],
    because: 'You get this mail because you are registered for entry yourself.',
  };
}
