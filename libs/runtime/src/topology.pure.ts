import type {
  BucketDefinition,
  ConsumerDefinition,
  ObjectStoreDefinition,
  StreamDefinition,
} from '@latchkey/contracts';

const NANOS_PER_MS = 1_000_000;
const nanos = (ms: number): number => ms * NANOS_PER_MS;

/** NATS's own names, as its API spells them (docs.nats.io, JetStream model). */
export interface WantedStream {
  readonly name: string;
  readonly description: string;
  readonly subjects: string[];
  readonly storage: 'file' | 'memory';
  readonly retention: 'limits' | 'workqueue';
  readonly discard: 'old' | 'new';
  readonly max_age: number;
  readonly max_msgs_per_subject: number;
  readonly max_msg_size: number;
  readonly allow_direct: boolean;
  readonly duplicate_window?: number;
  readonly republish?: { src: string; dest: string };
  readonly allow_rollup_hdrs?: boolean;
  readonly allow_msg_ttl?: boolean;
}

/** The broker's own default; it may not exceed the greatest age. */
const DEFAULT_WINDOW_MS = 120_000;

/** A stream, as the broker's API wants it. */
export function streamConfig(stream: StreamDefinition): WantedStream {
  const windowMs = stream.duplicateWindowMs ?? DEFAULT_WINDOW_MS;
  const longestMs = stream.maxAgeMs || Number.POSITIVE_INFINITY;
  return {
    name: stream.name,
    description: stream.summary,
    subjects: [...stream.subjects],
    storage: stream.storage,
    retention: stream.retention,
    discard: 'old',
    max_age: nanos(stream.maxAgeMs),
    max_msgs_per_subject: stream.maxMessagesPerSubject ?? -1,
    max_msg_size: stream.maxMessageSizeBytes ?? -1,
    allow_direct: true,
    duplicate_window: nanos(Math.min(windowMs, longestMs)),
    ...(stream.ownAges ? { allow_msg_ttl: true } : {}),
    ...(stream.republish
      ? { republish: { src: stream.republish.source, dest: stream.republish.destination } }
      : {}),
  };
}

/** A key-value bucket as the stream that it is (NATS ADR-8). */
export function bucketConfig(bucket: BucketDefinition): WantedStream {
  return {
    name: `KV_${bucket.name}`,
    description: bucket.summary,
    subjects: [`$KV.${bucket.name}.>`],
    storage: bucket.storage,
    retention: 'limits',
    discard: 'new',
    max_age: nanos(bucket.ttlMs),
    max_msgs_per_subject: bucket.history,
    max_msg_size: -1,
    allow_direct: true,
    allow_rollup_hdrs: true,
  };
}

/** An object store as the stream that it is (NATS ADR-20). */
export function objectStoreConfig(store: ObjectStoreDefinition): WantedStream {
  return {
    name: `OBJ_${store.name}`,
    description: store.summary,
    subjects: [`$O.${store.name}.C.>`, `$O.${store.name}.M.>`],
    storage: store.storage,
    retention: 'limits',
    discard: 'new',
    max_age: nanos(store.ttlMs),
    max_msgs_per_subject: -1,
    max_msg_size: -1,
    allow_direct: true,
    allow_rollup_hdrs: true,
  };
}

/** A durable pull consumer, as the broker's API wants it. `max_deliver` stays unlimited: runtime alone ends a message. */
export function consumerConfig(consumer: ConsumerDefinition) {
  const acks =
    consumer.ack === 'explicit'
      ? { ack_wait: nanos(consumer.ackWaitMs), max_ack_pending: consumer.maxAckPending }
      : {};
  return {
    durable_name: consumer.durable,
    name: consumer.durable,
    description: consumer.summary,
    ack_policy: consumer.ack,
    deliver_policy: consumer.start,
    replay_policy: 'instant' as const,
    filter_subjects: [...consumer.filters],
    max_deliver: -1,
    ...acks,
  };
}
