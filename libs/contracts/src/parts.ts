import * as access from './access.events.js';
import {
  type BucketDefinition,
  buckets,
  type ObjectStoreDefinition,
  objectStores,
} from './buckets.js';
import { type ConsumerDefinition, consumers } from './consumers.js';
import type { EventDefinition, RequestDefinition, StreamName } from './define.js';
import { faceModels, facePicture } from './face.requests.js';
import * as notice from './notice.events.js';
import * as observation from './observation.events.js';
import { kioskPair } from './pairing.request.js';
import * as registry from './registry.events.js';
import * as request from './request.events.js';

/** The services that have an identity on the bus. */
export type PartName = 'capture' | 'face' | 'qr' | 'auth' | 'registry' | 'notify' | 'gateway';

/** What a service does on the bus, and so all that it may do there: its permissions are derived from it (`rights.pure.ts`). */
export interface PartFacts {
  readonly name: PartName;
  /** Stored or passing by. */
  readonly publishes?: readonly EventDefinition[];
  /** It publishes the frames of cameras. */
  readonly sendsFrames?: boolean;
  /** Passing by, stored or not. */
  readonly hears?: readonly EventDefinition[];
  readonly asks?: readonly RequestDefinition[];
  readonly answers?: readonly RequestDefinition[];
  readonly consumers?: readonly ConsumerDefinition[];
  /** Reads the whole stream, from any place in it, with short-lived consumers of its own. */
  readonly reads?: readonly StreamName[];
  /** Takes single messages out of it for good. */
  readonly prunes?: readonly StreamName[];
  readonly readsBuckets?: readonly BucketDefinition[];
  readonly writesBuckets?: readonly BucketDefinition[];
  readonly readsObjects?: readonly ObjectStoreDefinition[];
  readonly writesObjects?: readonly ObjectStoreDefinition[];
  /** It makes streams, buckets and consumers be as they are defined; all others wait until they are there. */
  readonly keepsTopology?: boolean;
  /** It looks how full each stream is and how far each consumer, for the operators. */
  readonly watchesAll?: boolean;
}

/** A service's part, with what must be on the broker for it. */
export interface Part extends PartFacts {
  readonly consumers: readonly ConsumerDefinition[];
  readonly streams: readonly StreamName[];
  readonly buckets: readonly BucketDefinition[];
  readonly objectStores: readonly ObjectStoreDefinition[];
}

function part(facts: PartFacts): Part {
  const { consumers: durables = [], publishes = [], reads = [], prunes = [] } = facts;
  const stored = publishes.flatMap(({ stream }) => (stream === null ? [] : [stream]));
  const frames = facts.sendsFrames ? (['FRAMES'] as const) : [];
  return {
    ...facts,
    consumers: durables,
    streams: [...new Set([...stored, ...frames, ...reads, ...prunes])],
    buckets: [...new Set([...(facts.readsBuckets ?? []), ...(facts.writesBuckets ?? [])])],
    objectStores: [...new Set([...(facts.readsObjects ?? []), ...(facts.writesObjects ?? [])])],
  };
}

const definitionsOf = (module: object): EventDefinition[] =>
  Object.values(module).filter(
    (value): value is EventDefinition =>
      typeof value === 'object' && value !== null && 'invalid' in value,
  );
/** What the saga tells: all of access but what the broker itself republishes. */
const told = definitionsOf(access).filter(
  ({ stream }) => stream === 'ACCESS' || stream === 'ALARMS',
);

/** What each service does on the bus. */
export const parts: Readonly<Record<PartName, Part>> = {
  capture: part({
    name: 'capture',
    sendsFrames: true,
    publishes: [request.newCodeRequested, request.cancelRequested],
    hears: [observation.facesObserved],
    asks: [kioskPair],
    readsBuckets: [buckets.policy, buckets.display],
    writesBuckets: [buckets.presence],
  }),
  face: part({
    name: 'face',
    consumers: [consumers.faceFrames],
    publishes: [observation.facesObserved],
    hears: [observation.facesSeen],
    answers: [request.faceExtract, facePicture, faceModels],
    reads: ['FRAMES'],
    readsBuckets: [buckets.gallery],
    writesObjects: [objectStores.snapshots],
  }),
  qr: part({
    name: 'qr',
    consumers: [consumers.qrFrames],
    publishes: [observation.codesObserved],
  }),
  auth: part({
    name: 'auth',
    consumers: [consumers.authObservations],
    publishes: told,
    hears: [request.newCodeRequested, request.cancelRequested],
    readsBuckets: [buckets.doors, buckets.display, buckets.policy],
    writesBuckets: [buckets.doors, buckets.display],
    readsObjects: [objectStores.snapshots, objectStores.evidence],
    writesObjects: [objectStores.evidence],
    keepsTopology: true,
  }),
  registry: part({
    name: 'registry',
    publishes: [
      ...definitionsOf(registry),
      access.lockTest,
      notice.codeNotice,
      notice.applicantNotice,
    ],
    answers: [kioskPair],
    reads: ['ACCESS'],
    prunes: ['NOTICES', 'DEAD'],
    readsBuckets: [buckets.gallery, buckets.policy, buckets.forgotten],
    writesBuckets: [buckets.gallery, buckets.policy, buckets.forgotten],
    readsObjects: [objectStores.evidence],
    writesObjects: [objectStores.evidence],
  }),
  notify: part({
    name: 'notify',
    consumers: [
      consumers.notifyAccess,
      consumers.notifyAlarms,
      consumers.notifyRegistry,
      consumers.notifyCode,
      consumers.notifyMail,
    ],
    publishes: [notice.mailNotice],
    readsBuckets: [buckets.policy, buckets.deliveries, buckets.newestCodes, buckets.gathering],
    writesBuckets: [buckets.deliveries, buckets.newestCodes, buckets.gathering],
    readsObjects: [objectStores.evidence],
  }),
  gateway: part({
    name: 'gateway',
    consumers: [consumers.gatewayVisitors],
    asks: [
      request.faceExtract,
      facePicture,
      faceModels,
      request.replayDeadLetter,
      request.serviceHealth,
    ],
    reads: ['ACCESS', 'ALARMS', 'REGISTRY', 'DEAD'],
    prunes: ['DEAD'],
    readsBuckets: [
      buckets.display,
      buckets.presence,
      buckets.deliveries,
      buckets.acknowledged,
      buckets.sessions,
      buckets.invitations,
      buckets.tries,
      buckets.signOns,
      buckets.challenges,
    ],
    writesBuckets: [
      buckets.acknowledged,
      buckets.sessions,
      buckets.invitations,
      buckets.tries,
      buckets.signOns,
      buckets.challenges,
    ],
    readsObjects: [objectStores.evidence],
    writesObjects: [objectStores.evidence],
    watchesAll: true,
  }),
};
