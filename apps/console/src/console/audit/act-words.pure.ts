import type { AuditAction } from '@latchkey/contracts';
import { fieldNames } from '../people/person-draft.pure.js';
import { occasionWords } from '../messages/message-words.pure.js';

/** What each act is called; `{who}`, `{door}` and `{operator}` stand for whom or what it was done to. */
const acts: Readonly<Record<AuditAction, string>> = {
  'person.listed': 'Put {who} on the list, to be registered',
  'person.draft': 'Began to register {who}',
  'person.enrolled': 'Registered {who}',
  'person.alike': 'Found {who} much like somebody else',
  'person.changed': 'Changed what is kept of {who}',
  'person.abandoned': 'Gave up the registration of {who}',
  'person.suspended': 'Suspended {who}',
  'person.resumed': 'Let {who} enter again',
  'person.deleted': 'Deleted {who}',
  'people.exported': 'Exported the list of people',
  'person.data-exported': 'Exported all that is held on {who}',
  'code.reissued': 'Issued a new code to {who}',
  'code.requested': 'Issued the new code that {who} asked for at a door',
  'code.duress-issued': 'Issued a duress code to {who}',
  'code.used': 'Used up the code of {who} at {door}',
  'code.locked': 'Locked {who} out of {door}, after five wrong codes',
  'code.unlocked': 'Lifted the lock on {who} at {door}',
  'door.created': 'Added the door {door}',
  'door.changed': 'Changed the settings of {door}',
  'door.token-renewed': 'Renewed the kiosk’s token of {door}',
  'door.pairing-created': 'Made a code to pair a kiosk with {door}',
  'door.paired': 'Paired a kiosk with {door}',
  'door.unpaired': 'Cut the kiosk of {door} off',
  'door.lock-tested': 'Tested the lock of {door}',
  'door.picture-viewed': 'Looked at what the camera of {door} sees',
  'door.removed': 'Removed the door {door}',
  'operator.created': 'Made {operator} an operator',
  'operator.changed': 'Changed the operator {operator}',
  'operator.password-changed': 'Changed the password of {operator}',
  'operator.totp-begun': 'Began to turn the second factor of {operator} on',
  'operator.totp-added': 'Turned the second factor of {operator} on',
  'operator.totp-removed': 'Turned the second factor of {operator} off',
  'operator.passkey-added': 'Added a passkey of {operator}',
  'operator.passkey-removed': 'Took passkeys of {operator} away',
  'operator.passkey-copied': 'Shut a passkey of {operator}, which may have been copied',
  'operator.signed-in': '{operator} signed in',
  'operator.single-sign-on-changed': 'Changed how {operator} signs in by single sign-on',
  'operator.single-sign-on-bound': '{operator} signed in by single sign-on for the first time',
  'operator.sign-in-refused': 'Turned the account {operator} of the single sign-on away',
  'operator.sign-in-failed': 'Somebody failed to sign in as {operator}',
  'operator.removed': 'Removed the operator {operator}',
  'dead-letter.replay': 'Tried a dead letter again',
  'dead-letter.drop': 'Dropped a dead letter',
  'delivery.send-again': 'Had a mail to {who} sent again',
  'alert.acknowledge': 'Saw to an alert about {who}',
  'photograph.viewed': 'Looked at a photograph taken at {door}',
};

/** What an act is called; one that a newer gateway knows goes by its name. */
export function actWords(action: string): string {
  return Object.hasOwn(acts, action) ? acts[action as AuditAction] : action;
}

/** Every act, by what a filter calls it: with nobody in particular. */
export const actNames: readonly (readonly [AuditAction, string])[] = (
  Object.keys(acts) as AuditAction[]
).map((action) => [
  action,
  acts[action]
    .replaceAll('{who}', 'somebody')
    .replaceAll('{door}', 'a door')
    .replaceAll('{operator}', 'an operator')
    .replace(/^(an?) /, (article) => article.replace('a', 'A'))
    .replaceAll('the door a door', 'a door')
    .replaceAll('the operator an operator', 'an operator')
    .replaceAll('Made an operator an operator', 'Made somebody an operator'),
]);

const programs: Readonly<Record<string, string>> = {
  token: 'Operator token',
  auth: 'A door, by itself',
  kiosk: 'A kiosk',
  registry: 'Latchkey, by itself',
  gateway: 'Latchkey, by itself',
  notify: 'Latchkey, by itself',
};

/** Who else than operators does things, by what a filter calls them. */
export const programNames: readonly (readonly [string, string])[] = Object.entries(programs);

/** Who did it: an operator by name, a program by what it is. */
export function byWords(by: string): string {
  return Object.hasOwn(programs, by) ? (programs[by] ?? by) : by;
}

const outcomes: Readonly<Record<string, string>> = {
  begun: 'How it ended was not noted',
  'new-code': 'A new code was mailed',
  'nothing-to-do': 'There was nothing to do',
};
const USUAL = new Set(['done', 'acknowledged', 'exported', 'handled', 'dropped', 'sent']);

/** How an act ended, where that needs saying; a code of a failure says that it failed. */
export function outcomeWords(outcome: string): { text: string; isBad: boolean } | null {
  if (USUAL.has(outcome)) return null;
  const [, exported] = /^exported-(\d+)$/.exec(outcome) ?? [];
  if (exported) return { text: `${exported} people`, isBad: false };
  const [, brokenOffAt] = /^broken-off-at-(\d+)$/.exec(outcome) ?? [];
  if (brokenOffAt) return { text: `Broken off after ${brokenOffAt} people`, isBad: true };
  if (outcome.startsWith('LK-')) return { text: `Failed: ${outcome}`, isBad: true };
  return { text: outcomes[outcome] ?? outcome, isBad: outcome === 'begun' };
}

const abandonings: Readonly<Record<string, string>> = {
  quit: 'Left before the fifth sample',
  expired: 'It took longer than 15 minutes',
  samples: 'The samples did not do',
};

/** What an act notes beside: which fields, why, on which occasion. */
export function detailWords(action: string, detail: string): string {
  if (action === 'person.changed') {
    const names: Readonly<Record<string, string>> = fieldNames;
    return detail
      .split(', ')
      .map((field) => names[field] ?? field)
      .join(', ');
  }
  if (action === 'person.abandoned') return abandonings[detail] ?? detail;
  if (action === 'delivery.send-again') return occasionWords(detail);
  if (action === 'person.deleted' && detail !== '') return `Receipt ${detail}`;
  return detail;
}
