import type { DoorChange } from '@latchkey/contracts';
import type { Tone } from '../../look/words.js';

/** What an event is called in a list; `{who}` stands for the person. */
export interface EventWords {
  readonly text: string;
  readonly tone?: Tone;
}

const words: Readonly<Record<string, EventWords>> = {
  'access.started': { text: 'Someone is at the door' },
  'access.identified': { text: '{who} was recognised', tone: 'accent' },
  'access.code-refused': { text: '{who} showed a wrong code', tone: 'warn' },
  'access.granted': { text: '{who} entered', tone: 'good' },
  'access.denied': { text: '{who} was denied', tone: 'bad' },
  'access.expired': { text: 'Time ran out for {who}' },
  'access.abandoned': { text: '{who} went away' },
  'alarm.not-live': { text: 'A face that is not live', tone: 'bad' },
  'alarm.mismatch': { text: 'Face and code are of different people: {who}', tone: 'bad' },
  'alarm.wrong-code': { text: 'Five wrong codes shown as {who}', tone: 'bad' },
  'alarm.duress': { text: 'Silent alarm: {who} showed their duress code', tone: 'bad' },
  'registry.person.enrolled': { text: '{who} was registered', tone: 'good' },
  'registry.person.abandoned': { text: 'The registration of {who} was given up', tone: 'warn' },
  'registry.person.changed': { text: 'What is kept of {who} was changed' },
  'registry.person.deleted': { text: '{who} was forgotten' },
  'registry.person.suspended': { text: '{who} was suspended', tone: 'warn' },
  'registry.person.resumed': { text: '{who} may enter again', tone: 'good' },
  'registry.code.issued': { text: 'A new code for {who}' },
  'registry.code.used': { text: 'The code of {who} was used' },
  'registry.code.locked': { text: '{who} is locked out after wrong codes', tone: 'warn' },
  'registry.code.unlocked': { text: 'The lock on {who} was lifted' },
  'registry.door.created': { text: 'A door was added' },
  'registry.door.changed': { text: 'A door’s settings were changed' },
  'registry.door.lock-tested': { text: 'The lock was tested', tone: 'warn' },
  'registry.door.removed': { text: 'A door was removed', tone: 'warn' },
  'registry.audit.signed': { text: 'The audit was signed' },
};

const reasons: Readonly<Record<string, string>> = {
  unknown: 'not recognised',
  'not-live': 'the face was not live',
  mismatch: 'face and code are of different people',
  'wrong-code': 'five wrong codes',
  duress: 'duress code',
  suspended: 'suspended',
  locked: 'locked after wrong codes',
  'code-expired': 'the code had expired',
};

/** `lk.v1.access.granted` → `access.granted`. */
function nameOf(type: string): string {
  return type.split('.').slice(2).join('.');
}

/** The words for a type of event, `lk.v1.access.granted`; a type that is not known yet goes by its name. */
export function eventWords(type: string): EventWords {
  const name = nameOf(type);
  return words[name] ?? { text: name };
}

const doorChanges: Readonly<Record<DoorChange, EventWords>> = {
  settings: { text: 'The door’s settings were changed' },
  'kiosk-token': { text: 'The kiosk’s token was renewed' },
  'kiosk-paired': { text: 'A screen was paired', tone: 'good' },
  'kiosk-unpaired': { text: 'The screen was cut off', tone: 'warn' },
};

/** The words for one event: what its data tells of it goes before what its kind is called. */
export function wordsOf(type: string, data: unknown): EventWords {
  const { what } = factsOf(data);
  if (nameOf(type) === 'registry.door.changed' && what !== undefined) return doorChanges[what];
  return eventWords(type);
}

/** Whether it is an event for guards. */
export function isAlarm(type: string): boolean {
  return nameOf(type).startsWith('alarm.');
}

/** What lines tell of an event's data; events of another kind have none of it. */
export interface EventFacts {
  readonly door?: string;
  readonly person?: string | null;
  readonly reason?: string;
  /** An operator who ordered it, by username. */
  readonly operator?: string;
  readonly what?: DoorChange;
  readonly candidates?: readonly { readonly person: string }[];
  /** The first candidate is clearly ahead. */
  readonly clear?: boolean;
}

/** An event's data as far as a line tells it. */
export function factsOf(data: unknown): EventFacts {
  return typeof data === 'object' && data !== null ? data : {};
}

/** Whom an event is about; nobody where several resemble the face: which of them it is, the code decides. */
export function whoOf(data: unknown): string | undefined {
  const { person, candidates, clear } = factsOf(data);
  return person ?? (clear ? candidates?.[0]?.person : undefined);
}

/** Why a door stayed shut; undefined where the event is no denial. */
export function denialOf(type: string, data: unknown): string | undefined {
  return nameOf(type) === 'access.denied' ? factsOf(data).reason : undefined;
}

/** Why it was, in words, of a denial or an alarm; of anything else, `access.abandoned` among them, its name says it. */
export function whyOf(type: string, reason: string | null | undefined): string | undefined {
  const isTold = nameOf(type) === 'access.denied' || isAlarm(type);
  return isTold && reason ? reasonWords(reason) : undefined;
}

/** The words for a reason of a denial or an alarm; one that is not known goes as it is. */
export function reasonWords(reason: string): string {
  return reasons[reason] ?? reason;
}

/** What a filter offers, by its word in the address: a name, and the types that it stands for. */
export const eventKinds = {
  everything: { name: 'Everything', types: '' },
  entries: { name: 'Entries', types: 'access.granted' },
  denials: { name: 'Denials', types: 'access.denied' },
  // Who may not hear silent alarms is told of none, though they are asked for.
  alarms: { name: 'Alarms', types: 'alarm.not-live,alarm.mismatch,alarm.wrong-code,alarm.duress' },
  people: {
    name: 'People',
    types:
      'registry.person.enrolled,registry.person.abandoned,registry.person.changed,registry.person.deleted,registry.person.suspended,registry.person.resumed',
  },
  doors: {
    name: 'Doors',
    types:
      'registry.door.created,registry.door.changed,registry.door.lock-tested,registry.door.removed',
  },
} as const;
