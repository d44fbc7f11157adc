import type { Answer, Body } from '@latchkey/gateway/api';
import type { EditedField } from '../editing/differences.pure.js';
import { audienceNames } from './door-words.pure.js';

type Settings = Body<'updateDoor'>;

/** What is typed of a door; numbers as they stand in their fields, of which one may be empty. */
export interface DoorDraft
  extends Pick<Answer<'getDoor'>, 'name' | 'audience' | 'liveness' | 'outOfService'> {
  readonly group: string;
  readonly livenessThreshold: string;
  /** Empty: what the number of people asks for. */
  readonly matchThreshold: string;
  readonly codeWaitS: string;
  /** In seconds, as people count; the API counts milliseconds. */
  readonly openForS: string;
}

/** What a door is set to when nothing is said. */
export const usualDoor: DoorDraft = {
  name: '',
  audience: 'everyone',
  group: '',
  liveness: 'passive',
  livenessThreshold: '0.5',
  matchThreshold: '',
  codeWaitS: '30',
  openForS: '5',
  outOfService: false,
};

/** A door as one would have typed it. */
export function draftOf(door: Answer<'getDoor'>): DoorDraft {
  const { name, audience, group, liveness, outOfService, matchThreshold } = door;
  return {
    name,
    audience,
    group: group ?? '',
    liveness,
    outOfService,
    livenessThreshold: String(door.livenessThreshold),
    matchThreshold: matchThreshold === null ? '' : String(matchThreshold),
    codeWaitS: String(door.codeWaitS),
    openForS: String(door.openForMs / 1_000),
  };
}

/** What is sent of what was typed. */
export function settingsOf(draft: DoorDraft): Settings {
  const { openForS, ...others } = draft;
  return {
    ...others,
    group: draft.group.trim() || null,
    livenessThreshold: Number(draft.livenessThreshold || usualDoor.livenessThreshold),
    matchThreshold: draft.matchThreshold === '' ? null : Number(draft.matchThreshold),
    codeWaitS: Number(draft.codeWaitS),
    openForMs: Math.round(Number(openForS) * 1_000),
  };
}

const numbers = ['livenessThreshold', 'codeWaitS', 'openForS'] as const;

/** What is missing, by its field: a name, or a number that could be sent. What a number may be, the gateway says. */
export function faultsTyped(draft: DoorDraft): ReadonlyMap<string, string> {
  const isShown = (field: string) => field !== 'livenessThreshold' || draft.liveness !== 'off';
  const missing = numbers.filter((field) => isShown(field) && draft[field] === '');
  const faults = new Map<string, string>(missing.map((field) => [field, 'Type a number.']));
  return draft.name.trim() === '' ? faults.set('name', 'Type a name.') : faults;
}

/** What each setting is called. */
export const settingNames = {
  name: 'Name',
  audience: 'Who is mailed',
  group: 'Group',
  liveness: 'Refuse pictures of a face',
  livenessThreshold: 'How living a face must look',
  matchThreshold: 'How alike a face must be',
  codeWaitS: 'Seconds to show the code',
  openForS: 'Seconds that the lock stays open',
  outOfService: 'Out of service',
} as const satisfies Record<keyof DoorDraft, string>;

/** How it is looked whether a face is live, in few words. */
export const livenessNames: Readonly<Record<string, string>> = {
  off: 'No',
  passive: 'By how the face looks',
  challenge: 'By how the face looks and by an act',
};

/** What of a door is edited. */
export const doorFields: readonly EditedField<DoorDraft>[] = (
  Object.keys(settingNames) as (keyof DoorDraft)[]
).map((field) => ({ field, name: settingNames[field], word: (draft) => word(draft, field) }));

function word(draft: DoorDraft, field: keyof DoorDraft): string {
  const value = draft[field];
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field === 'audience') return new Map<string, string>(audienceNames).get(value) ?? value;
  if (field === 'liveness') return livenessNames[value] ?? value;
  return value;
}
