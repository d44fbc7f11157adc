import {
  type ConsumerDefinition,
  deadHeaders,
  deadSubject,
  streams,
  subjectOf,
} from '@latchkey/contracts';
import type { Bus } from '@latchkey/runtime';
import { readBackwards } from './sequence-reader.js';

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
  for (let before: number | undefined; ; ) {
    const { messages, next } = await readBackwards(bus, { ...query, before });
    const found = messages.find(({ headers }) => headers?.get(deadHeaders.id) === job);
    if (found) return found.seq;
    if (next === null) return null;
    before = Number(next);
  }
}
