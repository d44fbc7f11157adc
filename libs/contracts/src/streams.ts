import type { StreamName } from './define.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A frame's largest size; NATS's own default limit of a message is 1 MiB with its headers. */
export const FRAME_MAX_BYTES = 900 * 1024;
/** A frame's longest side. */
export const FRAME_MAX_SIDE_PX = 4096;

/** A stream as data; `runtime` makes it true at start-up. Ages and windows in milliseconds, 0: unlimited. */
export interface StreamDefinition {
  readonly name: StreamName;
  readonly summary: string;
  readonly subjects: readonly string[];
  readonly storage: 'file' | 'memory';
  readonly retention: 'limits' | 'workqueue';
  readonly maxAgeMs: number;
  readonly maxMessagesPerSubject?: number;
  readonly maxMessageSizeBytes?: number;
  readonly duplicateWindowMs?: number;
  /** A single message may say for how long it is kept; else `maxAgeMs` holds. */
  readonly ownAges?: boolean;
  /** The broker itself publishes each stored message that fits `source` to `destination`. */
  readonly republish?: { readonly source: string; readonly destination: string };
}

/** Every stream of the campus. */
export const streams: Readonly<Record<StreamName, StreamDefinition>> = {
  FRAMES: {
    name: 'FRAMES',
    summary: 'The newest frame of each camera.',
    subjects: ['lk.v1.frame.*.*'],
    storage: 'memory',
    retention: 'limits',
    maxAgeMs: 2 * SECOND_MS,
    maxMessagesPerSubject: 1,
    // The frame itself and its headers.
    maxMessageSizeBytes: FRAME_MAX_BYTES + 4 * 1024,
  },
  OBSERVATIONS: {
    name: 'OBSERVATIONS',
    summary: 'What the face and qr workers saw in a frame.',
    subjects: ['lk.v1.observation.*.*'],
    storage: 'memory',
    retention: 'limits',
    maxAgeMs: 10 * SECOND_MS,
    republish: { source: 'lk.v1.observation.face.*', destination: 'lk.v1.seen.{{wildcard(1)}}' },
  },
  ACCESS: {
    name: 'ACCESS',
    summary: 'What happened at the doors: each attempt and its one outcome.',
    subjects: ['lk.v1.access.*.*'],
    storage: 'file',
    retention: 'limits',
    maxAgeMs: 90 * DAY_MS,
    duplicateWindowMs: 10 * MINUTE_MS,
    republish: { source: 'lk.v1.access.*.granted', destination: 'lk.v1.open.{{wildcard(1)}}' },
  },
  ALARMS: {
    name: 'ALARMS',
    summary: 'What guards must know at once.',
    subjects: ['lk.v1.alarm.*.*'],
    storage: 'file',
    retention: 'limits',
    maxAgeMs: 90 * DAY_MS,
    duplicateWindowMs: 10 * MINUTE_MS,
  },
  LOCKTESTS: {
    name: 'LOCKTESTS',
    summary: 'Tests of locks, which administrators order.',
    subjects: ['lk.v1.lock-test.*'],
    storage: 'file',
    retention: 'limits',
    // As long as one that is told twice is known to be the same; relays ignore it after seconds.
    maxAgeMs: 10 * MINUTE_MS,
    duplicateWindowMs: 10 * MINUTE_MS,
    republish: { source: 'lk.v1.lock-test.*', destination: 'lk.v1.open.{{wildcard(1)}}' },
  },
  REGISTRY: {
    name: 'REGISTRY',
    summary: 'What changed about people, codes and doors.',
    subjects: ['lk.v1.registry.*.*'],
    storage: 'file',
    retention: 'limits',
    maxAgeMs: 90 * DAY_MS,
    duplicateWindowMs: 10 * MINUTE_MS,
  },
  NOTICES: {
    name: 'NOTICES',
    summary: 'Jobs for notify: one mail each, kept until settled.',
    subjects: ['lk.v1.notice.*'],
    storage: 'file',
    retention: 'workqueue',
    maxAgeMs: 0,
    duplicateWindowMs: 10 * MINUTE_MS,
  },
  DEAD: {
    name: 'DEAD',
    summary: 'Messages that could not be handled, with the reason; mails for 7 days only.',
    subjects: ['lk.v1.dead.*.*'],
    storage: 'file',
    retention: 'limits',
    maxAgeMs: 30 * DAY_MS,
    duplicateWindowMs: 10 * MINUTE_MS,
    ownAges: true,
  },
};
