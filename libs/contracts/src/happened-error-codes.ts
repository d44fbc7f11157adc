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
} as const satisfies Record<string, ErrorCodeFacts>;
