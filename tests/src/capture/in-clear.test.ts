// Real: broker, capture as its service runs, what it logs, what it tells of itself on the bus.
import { capture } from '@latchkey/capture';
import { serviceHealth } from '@latchkey/contracts';
import { createLogger, gather } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Edge } from './edge.fixture.js';

let edge: Edge;
beforeAll(async () => {
  edge = await Edge.start();
});
afterAll(() => edge?.[Symbol.asyncDispose]());

/** What capture logs as a warning, and what it tells whoever asks how it is, where it serves kiosks at that address. */
async function warningsAt(host: string): Promise<{ logged: string[]; told: readonly string[] }> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ service: 'capture', instance: host, level: 'warn', destination });
  const config = capture.readConfig({ ...edge.env, LK_KIOSK_HOST: host, LK_INSTANCE: 'edge-1' });
  await using service = await capture.create(config, { logger });
  await service.ready();
  const answers = await gather(edge.bus, serviceHealth);
  return {
    logged: lines.map((line) => (JSON.parse(line) as { msg: string }).msg),
    told: answers.find(({ instance }) => instance === 'edge-1')?.warnings ?? [],
  };
}

it('says that kiosks of other machines are served without TLS, what follows from it and what to do', async () => {
  const { logged, told } = await warningsAt('0.0.0.0');
  const words = /without TLS .*no camera.*tokens.*in clear.*Set LK_KIOSK_HOST to 127\.0\.0\.1/;
  expect(told).toEqual([expect.stringMatching(words)]);
  expect(logged).toEqual(told);
});

it('says nothing where only its own machine is served so', async () => {
  expect(await warningsAt('127.0.0.1')).toEqual({ logged: [], told: [] });
});
