import { away, type ErrorCodeFacts, missing, state } from './error-code-facts.js';

/** Codes of what happened: the history, alerts, and what is looked at beside it. */
export const happenedErrorCodes = {
  'LK-EVT-003': away(
    'The history is being read from the streams.',
    'Ask again in a moment; the message says how much is left. Live events are told meanwhile.',
  ),
  'LK-ALR-001': missing(
    'There is no such alert.',
    'Take its id from the list of alerts, which reaches back 90 days.',
  ),
  'LK-ALR-002': state(
    'Another operator has seen to the alert already.',
    'There is nothing left to do; the message says who it was, and when.',
  ),
  'LK-DOR-004': missing(
    'There is no picture of the door.',
    'See that a camera or a kiosk of it is connected, and that it is not covered.',
  ),
  'LK-MAIL-006': missing(
    'There is no inbox.',
    'Mails go to a real mail server: look into the mail box there.',
  ),
  'LK-MAIL-007': missing('There is no such mail.', 'The inbox keeps the newest 500.'),
} as const satisfies Record<string, ErrorCodeFacts>;
