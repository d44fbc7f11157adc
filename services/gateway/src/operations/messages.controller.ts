import { buckets, deadSubject, delivery, filterOf, streams } from '@latchkey/contracts';
import { BUS, type Bus } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { toDeadLetter } from './dead-letter.pure.js';
import { listDeadLetters, listDeliveries } from './operations.routes.js';
import { readSequence } from './sequence-reader.js';

/** What was mailed, and what could not be handled. */
@Controller()
export class MessagesController {
  readonly #bus: Bus;

  constructor(@Inject(BUS) bus: Bus) {
    this.#bus = bus;
  }

  @Handles(listDeliveries)
  async deliveries(
    @Input(listDeliveries) { query }: InputOf<typeof listDeliveries>,
  ): Promise<AnswerOf<typeof listDeliveries>> {
    // A bucket is a stream that keeps the newest entry of each key, so it pages like one.
    const { messages, next } = await readSequence(this.#bus, {
      stream: `KV_${buckets.deliveries.name}`,
      subject: `$KV.${buckets.deliveries.name}.>`,
      from: query.cursor ?? 1,
      limit: query.limit,
    });
    const deliveries = messages.flatMap((message) => {
      if (message.data.length === 0) return [];
      const parsed = delivery.safeParse(jsonOf(message.data));
      return parsed.success ? [{ ...parsed.data, at: new Date(parsed.data.at).toISOString() }] : [];
    });
    return { deliveries, next };
  }

  @Handles(listDeadLetters)
  async deadLetters(
    @Input(listDeadLetters) { query }: InputOf<typeof listDeadLetters>,
  ): Promise<AnswerOf<typeof listDeadLetters>> {
    const { messages, next } = await readSequence(this.#bus, {
      stream: streams.DEAD.name,
      subject: filterOf(deadSubject),
      from: query.cursor ?? 1,
      limit: query.limit,
      headersOnly: true,
    });
    const deadLetters = messages.map((message) =>
      toDeadLetter({
        seq: message.seq,
        subject: message.subject,
        timeMs: message.info.timestampNanos / 1e6,
        header: (name) => message.headers?.get(name) ?? '',
      }),
    );
    return { deadLetters, next };
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
