import { createHash } from 'node:crypto';
import {
  accessDenied,
  accessGranted,
  accessIdentified,
  accessStarted,
  alarmMismatch,
  type CloudEvent,
  codeIssued,
  codeUsed,
  createEvent,
  type EventDefinition,
} from '@latchkey/contracts';

/** What one attempt after the other makes of a busy campus. */
export interface Told {
  readonly stream: 'ACCESS' | 'ALARMS' | 'REGISTRY';
  readonly subject: string;
  readonly atMs: number;
  readonly event: CloudEvent;
}

export const DOORS = 40;
export const PEOPLE = 2_000;
const TOOK_MS = 5_000;
const STRANGER_EVERY = 20;
const ALARM_EVERY = 50;

/** The door of that number. */
export const doorOf = (n: number) => `door-${n % DOORS}`;
/** The person of that number. */
export const personOf = (n: number) => `p${n % PEOPLE}`;

/** All that the attempt of that number tells: mostly a granted entry, now and then a stranger, seldom an alarm. */
export function attemptOf(n: number, atMs: number): Told[] {
  const attempt = uuidOf(n);
  const door = doorOf(n * 7);
  const person = personOf(n * 13);
  const tookMs = TOOK_MS + ((n * 37) % 4_000);
  const at = (ms: number) => ({ attempt, door, camera: 'main', at: ms });
  const endMs = atMs + tookMs;
  const tell = (definition: EventDefinition, what: string, ms: number, data: object): Told => ({
    stream: definition.stream as Told['stream'],
    subject: definition.template.replace('{door}', door),
    atMs: ms,
    event: createEvent(definition, {
      id: `${attempt}:${what}`,
      source: 'bench',
      timeMs: ms,
      correlationId: attempt,
      data,
    }),
  });
  const started = tell(accessStarted, 'started', atMs, at(atMs));
  if (n % STRANGER_EVERY === 0) {
    const denial = { reason: 'unknown', person: null, evidence: `${door}.1`, lockedUntil: null };
    return [started, tell(accessDenied, 'outcome', endMs, { ...at(endMs), ...denial })];
  }
  const candidates = [{ person, score: 0.7 }];
  const known = { candidates, clear: true, deadline: atMs + 30_000 };
  const identified = tell(accessIdentified, 'identified', atMs + 800, { ...at(atMs), ...known });
  if (n % ALARM_EVERY === 1) {
    const alarm = { person, evidence: null, by: 'code' };
    return [started, identified, tell(alarmMismatch, 'alarm', endMs, { ...at(endMs), ...alarm })];
  }
  const grant = { person, score: 0.7, expiresAt: endMs + 2_000 };
  const issued = { person, at: endMs, reason: 'granted' };
  return [
    started,
    identified,
    tell(codeUsed, 'used', endMs - 2, { person, at: endMs, door, attempt }),
    tell(codeIssued, 'issued', endMs - 1, issued),
    tell(accessGranted, 'outcome', endMs, { ...at(endMs), ...grant }),
  ];
}

/** An id like any other, so that indexes are filled in no order. */
function uuidOf(n: number): string {
  const hex = createHash('sha256').update(String(n)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}
