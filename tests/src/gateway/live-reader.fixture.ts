import type { CloudEvent } from '@latchkey/contracts';
import type { FrontDesk } from './front-desk.fixture.js';

/** One message of a live stream. */
export interface LiveMessage {
  readonly id: string;
  readonly event: string;
  readonly data: CloudEvent;
}

/**
 * Reads a live stream until enough has come, then leaves. The request itself ends after a minute.
 * @param facts.began called once the stream is open, so that what it does is new
 */
export async function readLive(
  desk: FrontDesk,
  query: string,
  headers: Readonly<Record<string, string>>,
  facts: {
    readonly began?: () => Promise<unknown>;
    readonly until: (messages: readonly LiveMessage[]) => boolean;
  },
): Promise<LiveMessage[]> {
  const response = await desk.fetch(`/events/live${query}`, { headers });
  if (response.status !== 200 || !response.body) throw new Error(`status ${response.status}`);
  await facts.began?.();
  const messages: LiveMessage[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    messages.push(...blocks.flatMap(readBlock));
    if (facts.until(messages)) return messages;
  }
  throw new Error(`the stream ended after ${messages.length} messages`);
}

/** A block of Server-Sent Events; comments and `retry` yield nothing. */
export function readBlock(block: string): LiveMessage[] {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  if (data === undefined) return [];
  const event = field('event') ?? 'message';
  return [{ id: field('id') ?? '', event, data: JSON.parse(data) as CloudEvent }];
}
