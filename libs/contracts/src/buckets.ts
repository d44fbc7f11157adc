import { z } from 'zod';
import { epochMs } from './words.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A key-value bucket as data; `runtime` makes it true at start-up. `ttlMs` 0: entries stay. */
export interface BucketDefinition {
  readonly name: string;
  readonly summary: string;
  readonly storage: 'file' | 'memory';
  readonly ttlMs: number;
  readonly history: number;
}

/** Every key-value bucket. */
export const buckets = {
  doors: {
    name: 'doors',
    summary:
      "The saga's state of each door, with the effects it still owes. Only auth reads or writes it.",
    storage: 'file',
    ttlMs: 0,
    history: 1,
  },
  display: {
    name: 'display',
    summary: 'What a door shows now, with the name where it may.',
    storage: 'memory',
    ttlMs: 0,
    history: 1,
  },
  policy: {
    name: 'policy',
    summary: "Each door's settings and the digest of its kiosk's token, kept by the registry.",
    storage: 'file',
    ttlMs: 0,
    history: 1,
  },
  gallery: {
    name: 'gallery',
    summary:
      'Templates sealed for the face workers, kept by the registry, and a manifest that says how many make it whole.',
    storage: 'memory',
    ttlMs: 0,
    history: 1,
  },
  deliveries: {
    name: 'deliveries',
    summary: 'What was mailed to whom and when: the ledger of notify.',
    storage: 'file',
    ttlMs: 30 * DAY_MS,
    history: 1,
  },
  presence: {
    name: 'presence',
    summary:
      'Which kiosks and cameras of a door are connected to which capture, told by each every 10 seconds.',
    storage: 'memory',
    ttlMs: 30_000,
    history: 1,
  },
  acknowledged: {
    name: 'acknowledged',
    summary:
      'Which operator has seen to an alert first, and when. Only gateway reads or writes it.',
    storage: 'file',
    ttlMs: 90 * DAY_MS,
    history: 1,
  },
  newestCodes: {
    name: 'newest-codes',
    summary:
      "The job of each person's newest code, so that no older one is mailed after it. Only notify reads or writes it.",
    storage: 'file',
    ttlMs: 30 * DAY_MS,
    history: 1,
  },
  gathering: {
    name: 'gathering',
    summary:
      'Strangers and alarms alike at a door within the last minutes, counted for one mail. Only notify reads or writes it.',
    storage: 'file',
    ttlMs: DAY_MS,
    history: 1,
  },
  sessions: {
    name: 'sessions',
    summary:
      "Who is signed in: under the digest of a cookie its operator. Only the gateway's replicas read or write it.",
    storage: 'file',
    ttlMs: DAY_MS / 2,
    history: 1,
  },
  invitations: {
    name: 'invitations',
    summary:
      'Digests of the links that make the first administrator, by instance of the gateway. Empty once there is an operator.',
    storage: 'file',
    ttlMs: DAY_MS,
    history: 1,
  },
  tries: {
    name: 'tries',
    summary:
      "How often somebody tried to sign in, by digests of account and address. Only the gateway's replicas read or write it.",
    storage: 'memory',
    ttlMs: 6 * 60 * 60 * 1_000,
    history: 1,
  },
  signOns: {
    name: 'sign-ons',
    summary:
      "Single sign-ons under way, by digest of the browser's cookie, each good once. Only the gateway's replicas read or write it.",
    storage: 'memory',
    ttlMs: 10 * 60 * 1_000,
    history: 1,
  },
  challenges: {
    name: 'challenges',
    summary:
      "What passkeys were asked to sign, by digest, each good once. Only the gateway's replicas read or write it.",
    storage: 'memory',
    ttlMs: 5 * 60 * 1_000,
    history: 1,
  },
  forgotten: {
    name: 'forgotten',
    summary:
      'When people were forgotten, by keyed digests of their ids, so that a restored backup brings nobody back. Only the registry reads or writes it.',
    storage: 'file',
    ttlMs: 0,
    history: 1,
  },
  handling: {
    name: 'handling',
    summary:
      'Redelivered messages whose handling began and did not end yet. Only runtime reads or writes it.',
    storage: 'memory',
    ttlMs: DAY_MS,
    history: 1,
  },
} as const satisfies Record<string, BucketDefinition>;

/** That somebody was forgotten, by the broker's clock. */
export const tombstone = z.object({ at: epochMs });

/** An object store as data. */
export type ObjectStoreDefinition = Omit<BucketDefinition, 'history'>;

/** Every object store. */
export const objectStores = {
  snapshots: {
    name: 'snapshots',
    summary:
      'The picture behind an observation, sealed for evidence; at most one a second and door.',
    storage: 'memory',
    ttlMs: 60_000,
  },
  evidence: {
    name: 'evidence',
    summary: 'Photographs of denials, sealed, codes in them blurred.',
    storage: 'file',
    ttlMs: 30 * DAY_MS,
  },
} as const satisfies Record<string, ObjectStoreDefinition>;
