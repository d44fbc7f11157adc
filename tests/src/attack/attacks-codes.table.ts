import type { Attack } from './attack.types.js';

const promises = {
  silent: 'Who is forced to open a door can call the guards, and nobody else notices',
  once: 'A code opens once',
  own: 'A door opens only where the person who is recognised shows their own newest code',
} as const;

/** Forcing somebody to show a code. */
export const codeAttacks: readonly Attack[] = [
  {
    id: 'duress-on-the-display',
    promise: promises.silent,
    attack: 'The door’s display is compared with another entry’s',
    file: 'tests/src/entry/duress.test.ts',
    test: 'reads on the door what any entry reads',
  },
  {
    id: 'duress-in-events',
    promise: promises.silent,
    attack: 'The events that anybody may read are compared with another entry’s',
    file: 'tests/src/entry/duress.test.ts',
    test: 'hears nothing else in $type',
  },
  {
    id: 'duress-in-the-mail-box',
    promise: promises.silent,
    attack: 'The person’s mail box is read over their shoulder',
    file: 'tests/src/entry/duress.test.ts',
    test: 'reads in the person’s mail box what any entry brings',
  },
  {
    id: 'duress-in-others-mails',
    promise: promises.silent,
    attack: 'One of the others is in it, and reads the mails',
    file: 'tests/src/entry/duress.test.ts',
    test: 'learns nothing from the others’ mails; the guards are called, by name and door',
  },
  {
    id: 'duress-code-again',
    promise: promises.once,
    attack: 'The duress code is shown a second time',
    file: 'tests/src/entry/duress.test.ts',
    test: 'cannot use it again: it is used up like any code',
  },
  {
    id: 'duress-in-the-person',
    promise: promises.silent,
    attack: 'The person’s page is watched, for whether the duress code goes',
    file: 'services/registry/src/domain/duress.pure.test.ts',
    test: 'nobody sees by the person’s record that it was used',
  },
  {
    id: 'duress-with-another-face',
    promise: promises.own,
    attack: 'A duress code is shown with another face',
    file: 'services/registry/src/domain/duress.pure.test.ts',
    test: 'opens only with its owner’s face',
  },
  {
    id: 'duress-by-rest',
    promise: promises.silent,
    attack:
      'An enroller or an auditor searches events, alerts, entries, insights, audit, mails and dead letters',
    file: 'tests/src/attack/codes-duress-seen.test.ts',
    test: 'is not told to an auditor or an enroller by %s',
  },
  {
    id: 'duress-by-last-event',
    promise: promises.silent,
    attack: 'What happened last at the door is looked up',
    file: 'tests/src/attack/codes-duress-seen.test.ts',
    test: 'is not what happened last at a door, to anybody',
  },
  {
    id: 'duress-unheard',
    promise: promises.silent,
    attack: 'A guard looks for it wherever alarms are',
    file: 'tests/src/attack/codes-duress-seen.test.ts',
    test: 'is told to a guard, in the list, as an alert, and by its id',
  },
  {
    id: 'duress-by-live-stream',
    promise: promises.silent,
    attack: 'An enroller or an auditor follows the live stream',
    file: 'tests/src/attack/codes-duress-seen.test.ts',
    test: 'is not in the live stream of an %s',
  },
  {
    id: 'duress-by-counting',
    promise: promises.silent,
    attack:
      'An enroller or an auditor counts in all that they may read, page by page, and sets it beside a campus where nothing was',
    file: 'tests/src/attack/codes-duress-compared.test.ts',
    test: 'reads as an %s the same pages as where there is none, by any count',
  },
  {
    id: 'duress-by-live-ids',
    promise: promises.silent,
    attack: 'An enroller or an auditor counts by the ids of the live stream',
    file: 'tests/src/attack/codes-duress-compared.test.ts',
    test: 'follows as an %s the same live stream, and can read no count in its ids',
  },
  {
    id: 'duress-by-made-up-cursor',
    promise: promises.silent,
    attack: 'An auditor finds by cursors of their own making what lies between two alarms',
    file: 'tests/src/attack/codes-duress-compared.test.ts',
    test: 'cannot ask from a count of their own making',
  },
  {
    id: 'duress-code-issued',
    promise: promises.silent,
    attack: 'A guard or an auditor has a duress code issued',
    file: 'tests/src/attack/codes-duress-seen.test.ts',
    test: 'is issued by an enroller; a guard or an auditor may not',
  },
];
