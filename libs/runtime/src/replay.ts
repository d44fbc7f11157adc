import {
  type ConsumerDefinition,
  deadHeaders,
  deadSubject,
  type Replayed,
  replayDeadLetter,
  replayWish,
  streams,
  subjectOf,
} from '@latchkey/contracts';
import { JetStreamApiError, type StoredMsg } from '@nats-io/jetstream';
import type { Bus } from './bus.js';
import { busFailure } from './bus-failure.js';
import { Failure, toFailure } from './failure.js';
import { headerOf, type MessageContext } from './message-context.js';
import type { Metrics } from './metrics.js';
import { answerRequests, type RunningSubscription } from './subscribe.js';

/** A message that is handled once more. */
export interface LetterToHandle {
  /** Where it was published at first. */
  readonly subject: string;
  readonly data: Uint8Array;
}

/** Whose dead letters are replayed, and how one is handled. */
export interface Replaying {
  readonly bus: Bus;
  readonly consumer: ConsumerDefinition;
  readonly metrics: Metrics;
  /** Handles it as the consumer handles a message; throws as it does. */
  readonly handle: (
    letter: LetterToHandle,
    contextOf: (facts: Pick<MessageContext, 'params' | 'correlationId'>) => MessageContext,
  ) => Promise<void>;
}

/**
 * Lets operators replay a consumer's dead letters. The letter is handled here, by the one consumer that failed: its
 * stream's other readers have had the message long ago. It is taken out once it is handled and stays where that fails,
 * so a replay may be repeated; two at once are handled as a message that is delivered twice.
 */
export function answerReplays(replaying: Replaying): RunningSubscription {
  const { bus, consumer } = replaying;
  const template = subjectOf(replayDeadLetter, { consumer: consumer.durable });
  return answerRequests(bus, { ...replayDeadLetter, template }, async ({ payload }) =>
    replay(replaying, sequenceIn(payload)),
  );
}

async function replay(replaying: Replaying, sequence: number): Promise<Replayed> {
  const { bus, consumer, metrics } = replaying;
  const letter = await letterOf(bus, consumer, sequence);
  const subject = headerOf(letter.header, deadHeaders.subject) ?? letter.subject;
  const count = (outcome: string) => metrics.handled.inc({ consumer: consumer.durable, outcome });
  let outcome: Replayed['outcome'] = 'handled';
  try {
    await replaying.handle({ subject, data: letter.data }, (facts) =>
      contextOf(bus, { letter, subject, ...facts }),
    );
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind !== 'benign') {
      count('replay-failed');
      throw failure;
    }
    outcome = 'nothing-to-do';
  }
  await dropLetter(bus, sequence);
  count('replayed');
  return { outcome };
}

/** @throws Failure LK-BUS-007 where there is none of this consumer under that number. */
async function letterOf(
  bus: Bus,
  consumer: ConsumerDefinition,
  sequence: number,
): Promise<StoredMsg> {
  const letter = await readLetter(bus, sequence);
  const { stream, durable } = consumer;
  if (letter?.subject === subjectOf(deadSubject, { stream, consumer: durable })) return letter;
  throw Failure.terminal('LK-BUS-007', `Dead letter ${sequence} is none of ${durable}.`);
}

async function readLetter(bus: Bus, seq: number): Promise<StoredMsg | null> {
  try {
    return await bus.jsm.streams.getMessage(streams.DEAD.name, { seq });
  } catch (error) {
    throw busFailure(error, 'reading a dead letter');
  }
}

/**
 * Takes a dead letter out for good, its content overwritten. @returns false where it was gone before
 * @throws Failure LK-BUS-00x, retryable, where the broker is away.
 */
export async function dropLetter(bus: Bus, sequence: number): Promise<boolean> {
  try {
    return await bus.jsm.streams.deleteMessage(streams.DEAD.name, sequence);
  } catch (error) {
    if (error instanceof JetStreamApiError) return false;
    throw busFailure(error, 'dropping a dead letter');
  }
}

/** To its handler a replayed message is stored now: an operator wants it although it is old. */
function contextOf(
  bus: Bus,
  facts: Pick<MessageContext, 'params' | 'correlationId' | 'subject'> & {
    readonly letter: StoredMsg;
  },
): MessageContext {
  const { letter, subject, params, correlationId } = facts;
  return {
    subject,
    params,
    correlationId,
    storedAtMs: bus.nowMs(),
    deliveries: 1,
    log: bus.log.child({ correlationId }),
    header: (name) => headerOf(letter.header, name),
    working: () => undefined,
  };
}

function sequenceIn(payload: Uint8Array): number {
  try {
    return replayWish.parse(JSON.parse(new TextDecoder().decode(payload))).sequence;
  } catch (cause) {
    const message = `Expected the number of a dead letter, such as {"sequence": 12}.`;
    throw Failure.terminal('LK-BUS-004', message, { cause });
  }
}
