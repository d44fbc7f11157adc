// Real: the built console as the gateway serves it over HTTP.
import { get, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

const MOST_BYTES = 200_000;
/** What a page names: its entry, and what it has loaded beforehand. */
const NAMED = /(?:src|href)="([^"]+\.js)"/g;
/** What a script imports before it runs; not `import("…")`, which comes later, if at all. */
const IMPORTED = /\b(?:import|from)\s*["'](\.[^"']+\.js)["']/g;

let desk: FrontDesk;
beforeAll(async () => {
  desk = await FrontDesk.open();
});
afterAll(() => desk?.[Symbol.asyncDispose]());

/** What a browser is sent, as many bytes as that is. */
async function fetchAs(
  url: string,
): Promise<{ readonly text: string; readonly sizeBytes: number }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(url, { headers: { 'accept-encoding': 'gzip' } }, resolve).once('error', reject),
  );
  const body = Buffer.concat(await response.toArray());
  const isZipped = response.headers['content-encoding'] === 'gzip';
  return { text: (isZipped ? gunzipSync(body) : body).toString(), sizeBytes: body.length };
}

it('the console’s first load is at most 200 kB of JavaScript, as it is sent', async () => {
  const page = `${desk.gateway.httpUrl}/`;
  const { text } = await fetchAs(page);
  const wanted = [...text.matchAll(NAMED)].map(([, path = '']) => new URL(path, page).href);
  const sizes = new Map<string, number>();
  for (let url = wanted.pop(); url !== undefined; url = wanted.pop()) {
    if (sizes.has(url)) continue;
    const script = await fetchAs(url);
    sizes.set(url, script.sizeBytes);
    for (const [, path = ''] of script.text.matchAll(IMPORTED))
      wanted.push(new URL(path, url).href);
  }
  expect(sizes.size).toBeGreaterThan(0);
  const sum = [...sizes.values()].reduce((all, size) => all + size, 0);
  // React alone is more: less would mean that we did not find what is loaded.
  expect(sum).toBeGreaterThan(50_000);
  expect(sum).toBeLessThanOrEqual(MOST_BYTES);
});
