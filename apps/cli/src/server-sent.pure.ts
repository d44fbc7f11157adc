/** One message of a stream of Server-Sent Events. */
export interface ServerSent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Takes the whole messages off the front of what came so far (WHATWG HTML, Server-sent events). Comments yield
 * nothing; a message with an id alone has empty data and only says where to go on.
 * @returns the messages, and the rest that is no whole message yet
 */
export function takeMessages(text: string): { messages: ServerSent[]; rest: string } {
  const blocks = text.split(/\r?\n\r?\n/);
  const rest = blocks.pop() ?? '';
  return { messages: blocks.flatMap(readMessage), rest };
}

function readMessage(block: string): ServerSent[] {
  const fields = { id: '', event: 'message', data: [] as string[] };
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ''] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
    if (name === 'data') fields.data.push(value);
    else if (name === 'id' || name === 'event') fields[name] = value;
  }
  const data = fields.data.join('\n');
  return data || fields.id ? [{ ...fields, data }] : [];
}
