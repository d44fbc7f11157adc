import { expect, it } from 'vitest';
import { startHealth } from './health.js';
import { createMetrics } from './metrics.js';

it('is live at once, ready when every check is, and says which are not', async () => {
  const metrics = createMetrics('probe');
  const health = await startHealth({ host: '127.0.0.1', port: 0, service: 'probe', metrics });
  let whole: true | string = '3 of 5 entries';
  health.addCheck('gallery', () => whole);
  health.addCheck('broken', () => {
    if (whole !== true) throw new Error('not yet');
    return true;
  });
  const ask = async (path: string) => {
    const response = await fetch(`${health.url}${path}`);
    return { status: response.status, body: await response.text() };
  };
  expect((await ask('/livez')).status).toBe(200);
  const waiting = await ask('/readyz');
  expect(waiting.status).toBe(503);
  expect(JSON.parse(waiting.body)).toMatchObject({
    checks: { gallery: '3 of 5 entries', broken: 'not yet' },
  });
  whole = true;
  expect((await ask('/readyz')).status).toBe(200);
  metrics.events.inc({ event: 'door.opened', outcome: 'granted' });
  expect((await ask('/metrics')).body).toMatch(
    /lk_events_total\{event="door.opened",outcome="granted",service="probe"\} 1/,
  );
  expect((await ask('/else')).status).toBe(404);
  await health.close();
  await health.close();
});
