import type { Bus } from '@latchkey/runtime';
import type { JsMsg } from '@nats-io/jetstream';
import { readBackwards, type SequenceQuery } from './sequence-reader.js';

/** So many are looked at for one page at most, however few of them are wanted. */
const MOST_LOOKED_AT = 2_000;
const BATCH = 200;

/**
 * A page of what is wanted of a stream, the newest first, and the cursor of the next: null where nothing more is wanted, so
 * that what is left out cannot be counted by pages. Only where very few are wanted of very many may a page be short.
 * @param answerOf answers null for what is left out
 */
export async function readWanted<Answer>(
  bus: Bus,
  query: SequenceQuery,
  answerOf: (message: JsMsg) => Answer | null,
): Promise<{ readonly answers: Answer[]; readonly next: string | null }> {
  const found: { readonly answer: Answer; readonly seq: number }[] = [];
  let { before } = query;
  let batch = query.limit + 1;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += batch) {
    batch = looked === 0 ? batch : BATCH;
    const { messages, next } = await readBackwards(bus, { ...query, before, limit: batch });
    for (const message of messages) {
      const answer = answerOf(message);
      if (answer !== null) found.push({ answer, seq: message.seq });
    }
    const last = found[query.limit - 1];
    if (found.length > query.limit && last) {
      return { answers: answersOf(found).slice(0, query.limit), next: String(last.seq) };
    }
    if (next === null) return { answers: answersOf(found), next };
    before = Number(next);
  }
  return { answers: answersOf(found), next: before === undefined ? null : String(before) };
}

function answersOf<Answer>(found: readonly { readonly answer: Answer }[]): Answer[] {
  return found.map(({ answer }) => answer);
}
