import type { MailWords } from './layout.pure.js';
import type { OccasionFacts } from './occasion-facts.js';

/** To those registered before: someone joined. */
export function personRegistered({ name, when }: OccasionFacts): MailWords {
  return {
    subject: `${name} was registered`,
    heading: `${name} was registered`,
    blocks: [
      { kind: 'paragraph', text: `${name} can now enter with face and code.` },
      { kind: 'facts', rows: [['When', when]] },
    ],
    because: 'You get this mail because you are registered for entry yourself.',
  };
}
