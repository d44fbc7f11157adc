import {
  type ConsumerDefinition,
  deadHeaders,
  deadSubject,
  streams,
  subjectOf,
} from '@latchkey/contracts';
import type { Bus } from '@latchkey/runtime';
import { readSequence } from './sequence-reader.js';

const PAGE = 500;

/** The newest dead letter of a mail's job, by its number; `null` where there is none. Payloads stay where they are. */
export async function letterOfJob(
  bus: Bus,
  consumer: ConsumerDefinition,
  job: string,
): Promise<number | null> {
  const { stream, durable } = consumer;
  const subject = subjectOf(deadSubject, { stream, consumer: durable });
  const query = { stream: streams.DEAD.name, subject, limit: PAGE, headersOnly: true };
  let found: number | null = null;
  for (let from: number | null = 1; from !== null; ) {
    const { messages, next } = await readSequence(bus, { ...query, from });
    for (const { seq, headers } of messages) {
      if (headers?.get(deadHeaders.id) === job) found = seq;
    }
    from = next === null ? null : Number(next);
  }
  return found;
}
