import { doorOpen } from './access.events.js';
import { buckets, type ObjectStoreDefinition } from './buckets.js';
import { type ConsumerDefinition, consumers } from './consumers.js';
import type { EventDefinition, StreamName } from './define.js';
import { deadSubject } from './notice.events.js';
import { filterOf, subjectOf } from './define.js';
import { frameSubject } from './frame.js';
import type { Given } from './guests.js';
import type { Part } from './parts.js';
import { replayDeadLetter, serviceHealth } from './request.events.js';
import { stores, streamOfBucket, streamOfObjects } from './stores.pure.js';

/** What an identity may publish and subscribe to, in NATS's own words: its configuration takes it as it is. */
export interface BusRights {
  readonly publish: { readonly allow: readonly string[]; readonly deny: readonly string[] };
  readonly subscribe: { readonly allow: readonly string[] };
  /** It may answer whoever asked it, once each, though it may not publish to inboxes. */
  readonly mayAnswer: boolean;
}

const API = '$JS.API';
/** Every server answers them to every client: who am I and what time is it; how much may my account store. */
const WHO_AM_I = ['$SYS.REQ.USER.INFO', `${API}.INFO`];

/** The inbox prefix of an identity: nobody else may listen there. */
export const inboxPrefixOf = (identity: string): string => `_INBOX_${identity}`;

/** Every stream that the broker holds for us, buckets and object stores among them. */
const allStreams = (): string[] => stores.map(({ name }) => name);

const durableCalls = ({ stream, durable }: ConsumerDefinition): string[] => [
  `${API}.CONSUMER.MSG.NEXT.${stream}.${durable}`,
  `${API}.CONSUMER.INFO.${stream}.${durable}`,
];

/** Works on a durable consumer that is there: it may neither make it nor change its filter. */
function consuming(consumer: ConsumerDefinition): string[] {
  const acks = consumer.ack === 'none' ? [] : [`$JS.ACK.${consumer.stream}.${consumer.durable}.>`];
  return [...durableCalls(consumer), ...acks];
}

/** Reads all of a stream with short-lived consumers of its own, and single messages. */
const reading = (stream: string): string[] => [
  `${API}.STREAM.INFO.${stream}`,
  `${API}.STREAM.MSG.GET.${stream}`,
  `${API}.DIRECT.GET.${stream}`,
  `${API}.DIRECT.GET.${stream}.>`,
  `${API}.CONSUMER.CREATE.${stream}.*`,
  `${API}.CONSUMER.CREATE.${stream}.*.>`,
  `${API}.CONSUMER.INFO.${stream}.*`,
  `${API}.CONSUMER.MSG.NEXT.${stream}.*`,
  `${API}.CONSUMER.DELETE.${stream}.*`,
  `$JS.FC.${stream}.>`,
];

/**
 * Short-lived consumers are named by chance; with those names allowed, durables must be denied by name: others' to be read,
 * and any to be made or deleted. Even its own is made by who keeps the topology: by CREATE it could read what it is not given.
 */
function deniedDurables(own: readonly ConsumerDefinition[], stream: string): string[] {
  return Object.values(consumers)
    .filter((consumer) => consumer.stream === stream)
    .flatMap(({ durable }) => [
      ...(own.some((mine) => mine.durable === durable)
        ? []
        : [`${API}.CONSUMER.MSG.NEXT.${stream}.${durable}`]),
      `${API}.CONSUMER.CREATE.${stream}.${durable}`,
      `${API}.CONSUMER.CREATE.${stream}.${durable}.>`,
      `${API}.CONSUMER.DELETE.${stream}.${durable}`,
    ]);
}

/** Who only writes reads nothing back: by the reply address of a reading, the broker would send its words anywhere. */
const writingObjects = ({ name }: ObjectStoreDefinition): string[] => [
  `$O.${name}.C.>`,
  `$O.${name}.M.>`,
  infoOf(streamOfObjects({ name })),
];

/** What was there under that name is taken out. */
const clearingObjects = (stream: string): string[] => [
  `${API}.STREAM.PURGE.${stream}`,
  `${API}.STREAM.MSG.DELETE.${stream}`,
];

const publishing = (events: readonly EventDefinition[]): string[] => events.map(filterOf);
const infoOf = (stream: string): string => `${API}.STREAM.INFO.${stream}`;
const topologyCalls = (): string[] =>
  allStreams().flatMap((stream) => [
    infoOf(stream),
    `${API}.STREAM.CREATE.${stream}`,
    `${API}.STREAM.UPDATE.${stream}`,
  ]);
const durablesMade = (): string[] =>
  Object.values(consumers).flatMap(({ stream, durable }) => [
    `${API}.CONSUMER.INFO.${stream}.${durable}`,
    `${API}.CONSUMER.CREATE.${stream}.${durable}`,
    `${API}.CONSUMER.CREATE.${stream}.${durable}.>`,
    `${API}.CONSUMER.DURABLE.CREATE.${stream}.${durable}`,
  ]);

/** What a service may do on the bus: what its part says that it does, and nothing else. */
export function rightsOf(part: Part): BusRights {
  const { consumers: own, reads = [], asks = [], answers = [], hears = [] } = part;
  const burying = own.filter(({ ack }) => ack === 'explicit');
  const handling = burying.length > 0 ? [buckets.handling] : [];
  const readBuckets = [...(part.readsBuckets ?? []), ...handling].map(streamOfBucket);
  const writtenBuckets = [...(part.writesBuckets ?? []), ...handling];
  const readObjects = (part.readsObjects ?? []).map(streamOfObjects);
  const readStreams = [...reads, ...readBuckets, ...readObjects];
  const allow = [
    ...WHO_AM_I,
    ...publishing(part.publishes ?? []),
    ...(part.sendsFrames ? [filterOf(frameSubject)] : []),
    ...[...part.streams, ...own.map(({ stream }) => stream)].map(infoOf),
    ...asks.map(filterOf),
    ...own.flatMap(consuming),
    ...burying.map(({ stream, durable }) => subjectOf(deadSubject, { stream, consumer: durable })),
    ...(burying.length > 0 ? pruning('DEAD') : []),
    ...readStreams.flatMap(reading),
    ...(part.prunes ?? []).flatMap(pruning),
    ...writtenBuckets.flatMap((bucket) => [`$KV.${bucket.name}.>`, infoOf(streamOfBucket(bucket))]),
    ...(part.writesObjects ?? []).flatMap(writingObjects),
    ...(part.writesObjects ?? [])
      .map(streamOfObjects)
      .filter((stream) => readObjects.includes(stream))
      .flatMap(clearingObjects),
    ...(part.keepsTopology ? [...topologyCalls(), ...durablesMade()] : []),
    ...(part.watchesAll ? watchingAll() : []),
  ];
  const deny = part.keepsTopology ? [] : reads.flatMap((stream) => deniedDurables(own, stream));
  const hearing = [
    `${inboxPrefixOf(part.name)}.>`,
    serviceHealth.template,
    ...publishing(hears),
    ...answers.map(filterOf),
    ...burying.map(({ durable }) => subjectOf(replayDeadLetter, { consumer: durable })),
  ];
  return {
    publish: { allow: sorted(allow), deny: sorted(deny) },
    subscribe: { allow: sorted(hearing) },
    mayAnswer: true,
  };
}

/** How full each stream is, and how far each consumer, but no content. */
const watchingAll = (): string[] => [
  ...allStreams().map(infoOf),
  ...Object.values(consumers).map(
    ({ stream, durable }) => `${API}.CONSUMER.INFO.${stream}.${durable}`,
  ),
];

const pruning = (stream: StreamName): string[] => [
  infoOf(stream),
  `${API}.DIRECT.GET.${stream}`,
  `${API}.STREAM.MSG.GET.${stream}`,
  `${API}.STREAM.MSG.DELETE.${stream}`,
];

const sorted = (subjects: readonly string[]): string[] => [...new Set(subjects)].toSorted();

/** A door's relay: hears its own door's grants, and can say nothing. */
export const relayRights = (door: string): BusRights => ({
  publish: { allow: [], deny: ['>'] },
  subscribe: { allow: [subjectOf(doorOpen, { door })] },
  mayAnswer: false,
});

/** The names of an integrator's consumers, one for each thing given: CREATE tells the broker one filter only. */
export const integratorConsumer = (name: string, index: number): string => `${name}-${index + 1}`;

/**
 * What integrators call the broker's API by: they are in an account apart, where there is none but these few calls. Whoever is in the
 * campus's can have an answer of the broker go to any call of the API, past all permissions (decision 020).
 */
export const INTEGRATOR_API = 'campus';

/** What a call of an integrator is called in the campus's account. */
export const campusCall = (subject: string): string =>
  subject.startsWith(`${INTEGRATOR_API}.`)
    ? `${API}${subject.slice(INTEGRATOR_API.length)}`
    : subject;

/** An integrator: reads and replays what it was given, with consumers of fixed names and filters, and nothing else. */
export function integratorRights(name: string, given: readonly Given[]): BusRights {
  const calls = given.flatMap(({ stream, door, kind }, index) => {
    const durable = integratorConsumer(name, index);
    const subject = `lk.v1.${stream === 'ACCESS' ? 'access' : 'alarm'}.${door}.${kind}`;
    return [
      `${INTEGRATOR_API}.CONSUMER.CREATE.${stream}.${durable}.${subject}`,
      `${INTEGRATOR_API}.CONSUMER.INFO.${stream}.${durable}`,
      `${INTEGRATOR_API}.CONSUMER.DELETE.${stream}.${durable}`,
      `${INTEGRATOR_API}.CONSUMER.MSG.NEXT.${stream}.${durable}`,
      `$JS.ACK.${stream}.${durable}.>`,
    ];
  });
  return {
    publish: { allow: sorted(calls), deny: [] },
    subscribe: { allow: [`${inboxPrefixOf(name)}.>`] },
    mayAnswer: false,
  };
}
