// Real: broker, registry with its file store, gateway over HTTP. Every route of the table, by every role and by nobody.
import type { OperatorRole } from '@latchkey/contracts';
import {
  API_PREFIX,
  permissions,
  publicRoutes,
  type RouteFacts,
  routes,
} from '@latchkey/gateway/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

const roles: readonly OperatorRole[] = ['administrator', 'enroller', 'guard', 'auditor'];
/** It would end what the other requests are made with, so it comes last. */
const LAST = 'signOut';
const ordered = routes.toSorted(
  (one, other) => Number(one.id === LAST) - Number(other.id === LAST),
);
const guarded = ordered.filter(({ id }) => !publicRoutes.some((open) => open === id));

/** A path of this route to what does not exist; nothing that is asked here changes anything. */
function pathOf({ path }: RouteFacts): string {
  return path.replaceAll(/\{(\w+)\}/g, 'none-1');
}

async function statusOf(browser: Browser, route: RouteFacts) {
  const response = await browser.fetch(route.method.toUpperCase(), pathOf(route));
  const isProblem = response.headers.get('content-type')?.includes('problem') ?? false;
  const code = isProblem ? ((await response.json()) as { code: string }).code : undefined;
  // A live stream goes on for ever.
  await response.body?.cancel().catch(() => undefined);
  return { status: response.status, code };
}

describe('who may do what', () => {
  let desk: FrontDesk;
  const browsers = new Map<OperatorRole, Browser>();

  beforeAll(async () => {
    desk = await FrontDesk.open();
    for (const role of roles) browsers.set(role, await newOperator(desk, `the-${role}`, role));
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it.each(guarded)('$id is shut to nobody in particular', async (route) => {
    expect(await statusOf(new Browser(desk), route)).toEqual({ status: 401, code: 'LK-AUTH-001' });
  });

  it.each(roles)('%s may do what the table says, and nothing else', async (role) => {
    const browser = browsers.get(role) ?? new Browser(desk);
    const { json } = await browser.ask('GET', '/me');
    const allowed = Object.entries(permissions).flatMap(([id, who]) =>
      who.some((one) => one === role) ? [id] : [],
    );
    expect(json['may']).toEqual(allowed);
    const outcomes: Record<string, string> = {};
    for (const route of guarded) {
      const { status, code } = await statusOf(browser, route);
      const isRefused = status === 401 || status === 403;
      outcomes[route.id] = isRefused ? `${status} ${code}` : 'reached';
    }
    const expected = guarded.map(({ id }) => [
      id,
      allowed.includes(id) ? 'reached' : '403 LK-AUTH-004',
    ]);
    expect(outcomes).toEqual(Object.fromEntries(expected));
  });

  it('the holder of the token may do everything', async () => {
    const { json } = await desk.ask('GET', '/me');
    expect(json).toMatchObject({ operator: { username: 'token', role: 'administrator' } });
    expect(json['may']).toEqual(Object.keys(permissions));
  });

  it('a role is asked for however the path is written', async () => {
    const guard = await newOperator(desk, 'writes-oddly', 'guard');
    for (const path of ['/operators', '/OPERATORS', '/operators/', '/Operators/']) {
      const url = `${desk.gateway.httpUrl}${API_PREFIX.toUpperCase()}${path}`;
      const headers = { cookie: `latchkey=${guard.cookie}`, 'x-latchkey': '1' };
      const { status } = await fetch(url, { headers });
      expect([403, 404]).toContain(status);
      expect((await fetch(url, { headers, method: 'HEAD' })).status).not.toBe(200);
    }
  });
});
