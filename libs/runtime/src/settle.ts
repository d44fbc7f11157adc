import { type ConsumerDefinition, deadHeaders, deadSubject, subjectOf } from '@latchkey/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import type { Bus } from './bus.js';
import { type Failure, toFailure } from './failure.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import { redactText } from './redact.pure.js';
import { settlementOf } from './settle.pure.js';

const MESSAGE_ID = 'Nats-Msg-Id';

/** What a message is settled with. */
export interface Settling {
  readonly bus: Bus;
  readonly consumer: ConsumerDefinition;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Settles a message that was handled well. */
export function settleDone({ consumer, metrics }: Settling, message: JsMsg): void {
  if (consumer.ack === 'explicit') message.ack();
  metrics.handled.inc({ consumer: consumer.durable, outcome: 'done' });
}

/** Settles a message whose handling threw: ack, nak with delay, or dead letter and then term. */
export async function settleFailed(
  settling: Settling,
  message: JsMsg,
  thrown: unknown,
): Promise<void> {
  const { consumer, log, metrics } = settling;
  const failure = toFailure(thrown);
  const deliveries = message.info.deliveryCount;
  const settlement = settlementOf(failure, deliveries, consumer.maxTries, Math.random());
  const facts = { err: failure, errorCode: failure.code, subject: message.subject, deliveries };
  metrics.handled.inc({ consumer: consumer.durable, outcome: outcomeOf(settlement.kind, failure) });
  if (settlement.kind === 'ack') log.debug(facts, 'nothing to do');
  else if (settlement.kind === 'retry')
    log.warn({ ...facts, delayMs: settlement.delayMs }, 'to be tried again');
  else log.error(facts, 'a dead letter');

  if (consumer.ack === 'none') return;
  if (settlement.kind === 'ack') message.ack();
  else if (settlement.kind === 'retry') message.nak(settlement.delayMs);
  else await bury(settling, message, failure);
}

/** Copies a message as it came to the dead letters, then takes it off its consumer; the copy goes first, so none is lost. */
async function bury(settling: Settling, message: JsMsg, failure: Failure): Promise<void> {
  const { bus, consumer, log, metrics } = settling;
  const head = headers();
  for (const [name, values] of message.headers ?? []) {
    // The broker's own headers (message id, expectations) would be taken as orders for the copy.
    if (!name.startsWith('Nats-')) for (const value of values) head.append(name, value);
  }
  const reason = redactText(failure.message)
    .replaceAll(/[\r\n]+/g, ' ')
    .slice(0, 500);
  head.set(deadHeaders.reason, reason);
  head.set(deadHeaders.code, failure.code);
  const id = message.headers?.get(MESSAGE_ID);
  if (id) head.set(deadHeaders.id, id);
  head.set(deadHeaders.subject, message.subject);
  head.set(deadHeaders.sequence, String(message.seq));
  head.set(deadHeaders.deliveries, String(message.info.deliveryCount));
  const subject = subjectOf(deadSubject, { stream: consumer.stream, consumer: consumer.durable });
  try {
    await bus.js.publish(subject, message.data, {
      headers: head,
      msgID: `${consumer.stream}:${consumer.durable}:${message.seq}`,
      ...(consumer.deadMaxAgeMs > 0 ? { ttl: `${Math.ceil(consumer.deadMaxAgeMs / 1_000)}s` } : {}),
    });
    message.term(reason);
    metrics.deadLetters.inc({ consumer: consumer.durable });
  } catch (err) {
    // It stays with its consumer and comes again: better twice than lost.
    log.error({ err }, 'the dead letter could not be stored; the message will come again');
    message.nak(5_000);
  }
}

function outcomeOf(kind: 'ack' | 'retry' | 'dead', failure: Failure): string {
  return kind === 'ack' ? failure.kind : kind;
}
