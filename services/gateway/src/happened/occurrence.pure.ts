import {
  alarmDuress,
  accessAbandoned,
  accessDenied,
  accessExpired,
  accessGranted,
  accessStarted,
  alarmMismatch,
  alarmNotLive,
  alarmWrongCode,
  type CloudEvent,
  doorId,
  objectKey,
  personDeleted,
  personId,
} from '@latchkey/contracts';
import { z } from 'zod';
import { type EventStream, eventStreams } from '../events/cursor.pure.js';
import { silentType } from '../events/silent.pure.js';

/** Where the broker has an event, and since when. */
export interface Stored {
  readonly stream: EventStream;
  readonly seq: number;
  /** Microseconds since 1970: when the broker stored it. */
  readonly atUs: number;
}

/** How an attempt ended. */
export type Outcome = 'granted' | 'denied' | 'expired' | 'abandoned';

/** What an operator must see to: an unknown person's denial, or an alarm. */
interface AlertFacts {
  /** `silent`: an alarm that not everybody is told of. */
  readonly kind: 'visitor' | 'alarm' | 'silent';
  readonly reason: string;
  readonly evidence: string | null;
}

/** What an event says that it is found and counted by. */
export interface Reading {
  readonly door: string | null;
  readonly person: string | null;
  readonly attempt: string | null;
  readonly started: boolean;
  readonly ended: { readonly outcome: Outcome; readonly reason: string } | null;
  readonly alert: AlertFacts | null;
  /** The person whom this event says to be forgotten. */
  readonly forgotten: string | null;
}

/** An event as the read model takes it. */
export interface Occurrence extends Reading {
  /** The same in every gateway that reads the same stream. */
  readonly key: number;
  readonly atUs: number;
  /** It happened at the door, not in the registry. */
  readonly isAtDoor: boolean;
  readonly event: CloudEvent;
}

const KEYS_A_SEQUENCE = 4;

/** One number for a place in one of the streams. It stays below 2^53 for 2^51 events. */
function keyOf({ stream, seq }: Pick<Stored, 'stream' | 'seq'>): number {
  return seq * KEYS_A_SEQUENCE + eventStreams.indexOf(stream);
}

/** As SQL: the index of the stream that a row's `key` is of. */
export const STREAM_OF_KEY = `key % ${KEYS_A_SEQUENCE}`;

const text = z.string().max(40);
/** What the read model looks for in an event's data. What is not as expected is as if it weren't there. */
const facts = z
  .object({
    door: doorId.nullable().catch(null),
    person: personId.nullable().catch(null),
    attempt: z.string().max(64).nullable().catch(null),
    reason: text.nullable().catch(null),
    during: text.nullable().catch(null),
    how: text.nullable().catch(null),
    evidence: objectKey.nullable().catch(null),
    clear: z.boolean().catch(false),
    candidates: z.array(z.object({ person: personId })).catch([]),
  })
  .catch({
    door: null,
    person: null,
    attempt: null,
    reason: null,
    during: null,
    how: null,
    evidence: null,
    clear: false,
    candidates: [],
  });
type Facts = z.infer<typeof facts>;

const alarms = new Map([
  [alarmNotLive.type, 'not-live'],
  [alarmMismatch.type, 'mismatch'],
  [alarmWrongCode.type, 'wrong-code'],
  [alarmDuress.type, 'duress'],
]);

/** What an event says that it is found and counted by. */
export function readingOf({ type, data }: CloudEvent): Reading {
  const found = facts.parse(data);
  // Where one is clearly ahead it is about that person, though others are named as less likely.
  const likely = found.clear ? (found.candidates[0]?.person ?? null) : null;
  return {
    door: found.door,
    person: found.person ?? likely,
    attempt: found.attempt,
    started: type === accessStarted.type,
    ended: endOf(type, found),
    alert: alertOf(type, found),
    forgotten: type === personDeleted.type ? found.person : null,
  };
}

/** An event as the read model takes it. */
export function occurrenceOf(event: CloudEvent, stored: Stored): Occurrence {
  // A silent alarm must not stand as what happened last at a door.
  const isAtDoor = stored.stream !== 'REGISTRY' && event.type !== silentType;
  return { ...readingOf(event), key: keyOf(stored), atUs: stored.atUs, isAtDoor, event };
}

function endOf(type: string, { reason, during, how }: Facts): Occurrence['ended'] {
  if (type === accessGranted.type) return { outcome: 'granted', reason: '' };
  if (type === accessDenied.type) return { outcome: 'denied', reason: reason ?? '' };
  if (type === accessExpired.type) return { outcome: 'expired', reason: during ?? '' };
  if (type === accessAbandoned.type) return { outcome: 'abandoned', reason: how ?? '' };
  return null;
}

function alertOf(type: string, { reason, evidence }: Facts): AlertFacts | null {
  if (type === accessDenied.type && reason === 'unknown') {
    return { kind: 'visitor', reason, evidence };
  }
  const alarm = alarms.get(type);
  if (alarm === undefined) return null;
  return { kind: type === silentType ? 'silent' : 'alarm', reason: alarm, evidence };
}
