import { buckets, type Delivery, delivery } from '@latchkey/contracts';
import type { Bus } from '@latchkey/runtime';
import type { JsMsg } from '@nats-io/jetstream';
import { readWanted } from './wanted-reader.js';

const PREFIX = `$KV.${buckets.deliveries.name}.`;

/** What is asked of what was mailed. */
export interface DeliveryQuery {
  /** The `next` of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
  readonly isWanted?: (delivery: Omit<Delivery, 'at'>) => boolean;
}

/** A page of what was mailed, the newest change first, and the cursor of the next. */
export async function readDeliveries(bus: Bus, { before, limit, isWanted }: DeliveryQuery) {
  // A bucket is a stream that keeps the newest entry of each key, so it pages like one.
  const stream = `KV_${buckets.deliveries.name}`;
  const query = { stream, subject: `${PREFIX}>`, before, limit };
  const { answers: deliveries, next } = await readWanted(bus, query, (message) => {
    const answer = answerOf(message);
    return answer && (isWanted?.(answer) ?? true) ? answer : null;
  });
  return { deliveries, next };
}

function answerOf(message: JsMsg) {
  if (message.data.length === 0) return null;
  const parsed = delivery.safeParse(jsonOf(message.data));
  if (!parsed.success) return null;
  const { at, ...facts } = parsed.data;
  const id = message.subject.slice(PREFIX.length);
  return { id, ...facts, at: new Date(at).toISOString() };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
