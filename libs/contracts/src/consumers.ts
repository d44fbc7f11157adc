import * as access from './access.events.js';
import type { EventDefinition, StreamName } from './define.js';
import { filterOf } from './define.js';
import { frameSubject } from './frame.js';
import * as notice from './notice.events.js';
import * as observation from './observation.events.js';
import * as registry from './registry.events.js';

/** A durable pull consumer as data; `runtime` makes it true at start-up. */
export interface ConsumerDefinition {
  readonly durable: string;
  readonly stream: StreamName;
  /** Who reads with it; all of that service's instances share it. */
  readonly service: 'face' | 'qr' | 'auth' | 'notify' | 'gateway';
  readonly summary: string;
  /** The events it reads; one handler file each. Empty: bare payloads, by `filters`. */
  readonly events: readonly EventDefinition[];
  readonly filters: readonly string[];
  /** `none`: a message is gone once delivered; `explicit`: until acked. */
  readonly ack: 'none' | 'explicit';
  readonly ackWaitMs: number;
  /** How many may be out unacked, over all instances. */
  readonly maxAckPending: number;
  /** How many are handled at once by one instance. */
  readonly concurrency: number;
  /** Tries before a retryable failure becomes a dead letter; 0: retried without limit. */
  readonly maxTries: number;
  /** For how long its dead letters are kept; 0: as long as the stream DEAD keeps any. */
  readonly deadMaxAgeMs: number;
  /** Where a new consumer begins. */
  readonly start: 'new' | 'all';
}

function consumer(
  facts: Pick<ConsumerDefinition, 'durable' | 'stream' | 'service' | 'summary'> &
    Partial<ConsumerDefinition> & { events: readonly EventDefinition[] },
): ConsumerDefinition {
  return {
    filters: facts.events.map(filterOf),
    ack: 'explicit',
    ackWaitMs: 30_000,
    maxAckPending: 256,
    concurrency: 8,
    maxTries: 8,
    deadMaxAgeMs: 0,
    start: 'all',
    ...facts,
  };
}

const frames = {
  stream: 'FRAMES',
  events: [],
  filters: [filterOf(frameSubject)],
  ack: 'none',
  maxAckPending: 0,
  concurrency: 1,
  maxTries: 1,
  start: 'new',
} as const;

/**
 * Retried without limit: how long a mail is worth trying is a matter of hours, not of tries, so notify itself gives up.
 * Jobs that wait for their next try count as pending: while a mail server is away they must not keep new ones out.
 */
const mailJobs = {
  stream: 'NOTICES',
  service: 'notify',
  // What a process held that was killed waits for so long; one that is slow says that it works, every half of it.
  ackWaitMs: 15_000,
  maxAckPending: 4_096,
  concurrency: 4,
  maxTries: 0,
  // They seal codes, and the names and addresses of people of whom nothing else is stored: long enough to mend a mail server.
  deadMaxAgeMs: 7 * 24 * 60 * 60 * 1_000,
} as const;

/**
 * News that others hear of: a job each, made in moments. After a kill it waits for `ackWaitMs`, so that is short; the
 * same made twice is one, by the jobs' ids.
 */
const news = { service: 'notify', ackWaitMs: 5_000, maxTries: 0 } as const;

/** Every durable consumer. */
export const consumers = {
  faceFrames: consumer({
    ...frames,
    durable: 'face',
    service: 'face',
    summary: 'Frames, shared by the face workers.',
  }),
  qrFrames: consumer({
    ...frames,
    durable: 'qr',
    service: 'qr',
    summary: 'Frames, shared by the qr workers.',
  }),
  authObservations: consumer({
    durable: 'auth',
    stream: 'OBSERVATIONS',
    service: 'auth',
    summary: 'What was seen, for the saga.',
    events: [observation.facesObserved, observation.codesObserved] as readonly EventDefinition[],
    ackWaitMs: 3_000,
    maxAckPending: 1_024,
    concurrency: 64,
    maxTries: 3,
    start: 'new',
  }),
  notifyAccess: consumer({
    ...news,
    durable: 'notify-access',
    stream: 'ACCESS',
    summary: 'Entries and denials that others hear of.',
    events: [access.accessGranted, access.accessDenied] as readonly EventDefinition[],
  }),
  notifyAlarms: consumer({
    ...news,
    durable: 'notify-alarms',
    stream: 'ALARMS',
    summary: 'Alarms that guards hear of.',
    events: [
      access.alarmNotLive,
      access.alarmMismatch,
      access.alarmWrongCode,
      access.alarmDuress,
    ] as readonly EventDefinition[],
  }),
  notifyRegistry: consumer({
    ...news,
    durable: 'notify-registry',
    stream: 'REGISTRY',
    summary: 'Registrations that others hear of.',
    events: [registry.personEnrolled] as readonly EventDefinition[],
  }),
  gatewayVisitors: consumer({
    durable: 'gateway-visitors',
    stream: 'ACCESS',
    service: 'gateway',
    summary:
      'Denials of strangers, to be compared with those before, where the site has switched that on.',
    events: [access.accessDenied] as readonly EventDefinition[],
    // One after the other: the face workers are there for the doors.
    maxAckPending: 64,
    concurrency: 1,
    // How long a sighting is worth trying is a matter of minutes, not of tries, so the gateway itself gives up.
    maxTries: 0,
    start: 'new',
  }),
  notifyCode: consumer({
    ...mailJobs,
    durable: 'notify-code',
    summary:
      'Codes to be mailed: apart from other mails, so that a code never waits behind a crowd of them.',
    events: [notice.codeNotice] as readonly EventDefinition[],
  }),
  notifyMail: consumer({
    ...mailJobs,
    durable: 'notify-mail',
    summary: 'All other mails to be sent, one job each.',
    events: [notice.applicantNotice, notice.mailNotice] as readonly EventDefinition[],
  }),
} as const satisfies Record<string, ConsumerDefinition>;
