import { z } from 'zod';
import { askGateway, type GatewayAccess } from './gateway.client.js';

const ASK_MS = 15_000;
const PAGE = 500;

/** Lists that grow while they are read have a cursor for what comes later, too, and say whether there is more now. */
const cursor = z.object({ next: z.string().nullable(), more: z.boolean().default(true) });

/** Every page of a list of the gateway's, one after the other, as it answers them. */
export async function* allPages(
  access: GatewayAccess,
  path: string,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator {
  const asked = new URLSearchParams({ ...query, limit: `${PAGE}` });
  for (;;) {
    const signal = AbortSignal.timeout(ASK_MS);
    const response = await askGateway(access, `${path}?${asked.toString()}`, { signal });
    const answer: unknown = await response.json();
    yield answer;
    const { next, more } = cursor.parse(answer);
    if (next === null || !more) return;
    asked.set('cursor', next);
  }
}
