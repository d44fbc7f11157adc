import type { ConsumerDefinition, MailOccasion } from '@latchkey/contracts';
import type { Answer } from '@latchkey/gateway/api';
import type { Tone } from '../../look/words.js';

const news: Readonly<Record<MailOccasion, string>> = {
  'person-registered': 'News: someone was registered',
  'registration-failed': 'News: a registration came to nothing',
  'person-entered': 'News: someone entered',
  'unknown-visitor': 'An unknown visitor',
  'wrong-code-as-you': 'Wrong codes shown in one’s name',
  'guard-alarm': 'An alarm, to a guard',
  'silent-alarm': 'A silent alarm, to a guard',
};

const occasions: Readonly<Record<string, string>> = {
  ...news,
  applicant: 'Their registration came to nothing',
  'code-registered': 'The first code',
  'code-granted': 'The next code',
  'code-reissued': 'A new code, by an operator',
  'code-duress': 'A duress code',
  'code-requested': 'A new code, asked for at a door',
};

/** Why a mail went out, in words; an occasion that is not known goes by its name. */
export function occasionWords(occasion: string): string {
  return occasions[occasion] ?? occasion.replaceAll('-', ' ');
}

const states: Readonly<Record<string, { readonly text: string; readonly tone: Tone }>> = {
  sent: { text: 'Sent', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  superseded: { text: 'A newer one went out', tone: 'warn' },
};

/** The state of a mail, in a word. */
export function deliveryWords(state: string): { readonly text: string; readonly tone?: Tone } {
  return states[state] ?? { text: state.charAt(0).toUpperCase() + state.slice(1) };
}

/** Who hands mails to the mail server. */
const mailing: readonly ConsumerDefinition['durable'][] = ['notify-code', 'notify-mail'];

/** How many mails are still to be sent, in words; null: none. */
export function waitingWords(readers: Answer<'getStatus'>['consumers']): string | null {
  const count = readers
    .filter(({ name }) => mailing.some((one) => one === name))
    .reduce((sum, { waiting, underWay }) => sum + waiting + underWay, 0);
  if (count === 0) return null;
  return count === 1
    ? 'One mail is still to be sent. It is tried again by itself.'
    : `${count.toLocaleString()} mails are still to be sent. They are tried again by themselves.`;
}
