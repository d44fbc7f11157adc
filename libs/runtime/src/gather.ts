import type { RequestDefinition } from '@latchkey/contracts';
import type { Bus } from './bus.js';
import { busFailure } from './bus-failure.js';
import { Failure } from './failure.js';

/**
 * Asks everyone at once, and returns what is answered within `timeoutMs`: maybe nothing. What is no answer to that
 * question is logged and left out.
 * @throws Failure LK-BUS-00x, retryable, where the broker is away.
 */
export async function gather<Reply>(
  bus: Bus,
  definition: RequestDefinition<Reply>,
  timeoutMs = definition.timeoutMs,
): Promise<Reply[]> {
  // The client would keep the question and ask it on reconnecting, when nobody waits any more.
  if (!bus.isConnected()) throw Failure.retryable('LK-BUS-001');
  const replies: Reply[] = [];
  try {
    const options = { strategy: 'timer', maxWait: timeoutMs } as const;
    for await (const message of await bus.nc.requestMany(definition.template, '', options)) {
      const reply = readReply(definition, message.data);
      if (reply.success) replies.push(reply.data);
      else bus.log.warn({ err: reply.error, request: definition.type }, 'an answer is none');
    }
  } catch (error) {
    throw busFailure(error, `asking all ${definition.type}`, 'LK-BUS-003');
  }
  return replies;
}

function readReply<Reply>(definition: RequestDefinition<Reply>, bytes: Uint8Array) {
  try {
    return definition.reply.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    return { success: false, error } as const;
  }
}
