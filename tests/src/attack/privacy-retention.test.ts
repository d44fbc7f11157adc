// Real: the broker, the registry and its store (SQLite). Simulated: faces, as unit vectors, and the days, by a clock set ahead.
import { expect, it } from 'vitest';
import { Office } from '../registry/registry.fixture.js';
import { until } from '../registry/until.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

it('forgets who enters nowhere for as long as the site has set, and nobody else', {
  timeout: 60_000,
}, async () => {
  await using office = await Office.open();
  const early = await office.start();
  await early.neighbour.enrol('ada', 1);
  await early.neighbour.enrol('ben', 2);
  const code = await office.post.newestCode('ben', 1);
  await early.close();

  const later = await office.start(20 * DAY_MS, { LK_RETENTION_DAYS: '30' });
  const capturedAt = Date.now() + 20 * DAY_MS;
  expect(await later.neighbour.showCode(code, ['ben'], { capturedAt })).toMatchObject({
    outcome: 'granted',
  });
  await office.gallery('ada', 'ben');
  await later.close();

  const off = await office.start(40 * DAY_MS);
  expect(await off.neighbour.call('getPerson', { person: 'ada', by: 'test' })).toMatchObject({
    state: 'enrolled',
  });
  await off.close();

  const on = await office.start(40 * DAY_MS, { LK_RETENTION_DAYS: '30' });
  expect(await office.gallery('ben')).toEqual(['ben']);
  await expect(on.neighbour.call('getPerson', { person: 'ada', by: 'test' })).rejects.toMatchObject(
    { code: 'LK-PER-006' },
  );
  const noted = await until(
    'its note',
    async () => (await on.neighbour.audit({ action: 'person.deleted' })).entries[0],
  );
  expect(noted).toMatchObject({
    by: 'registry',
    person: 'ada',
    detail: expect.stringContaining('want of entries') as string,
  });
  await on.close();
});
