import { livenessNames, settingNames } from '../doors/door-draft.pure.js';
import { audienceNames } from '../doors/door-words.pure.js';
import { languages } from '../people/person-draft.pure.js';
import { roleWords } from '../words/role-words.pure.js';
import { states } from '../people/people-filters.pure.js';

type Settings = Readonly<Record<string, unknown>> | null;

/** One setting that differs, in words. */
export interface Change {
  readonly name: string;
  /** Undefined: it was not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Each setting that is in one of the two, as it was and as it is from then on; not what is in neither. */
export function changesOf(before: Settings, after: Settings): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => ({
      name: settingWords(name),
      before: valueWords(name, before?.[name]),
      after: valueWords(name, after?.[name]),
    }))
    .filter((change) => change.before !== undefined || change.after !== undefined);
}

const settings: Readonly<Record<string, string>> = {
  ...settingNames,
  openForMs: settingNames.openForS,
  lockedUntil: 'Locked until',
  totp: 'Second factor',
};

/** What a setting is called: as its form calls it, else by its own words, `outOfService` → `Out of service`. */
function settingWords(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return settings[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Settings that are moments, in ms since 1970. */
const moments: ReadonlySet<string> = new Set(['lockedUntil']);
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  audience: Object.fromEntries(audienceNames),
  liveness: livenessNames,
  state: states,
  language: languages,
  role: roleWords,
};

function valueWords(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (moments.has(name) && typeof value === 'number') return moment.format(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (name === 'openForMs' && typeof value === 'number') return (value / 1_000).toLocaleString();
  if (typeof value === 'number') return value.toLocaleString();
  if (typeof value === 'string') return choices[name]?.[value] ?? value;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String).join(', ');
  return JSON.stringify(value);
}
