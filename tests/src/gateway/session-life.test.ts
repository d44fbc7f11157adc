// Real: broker, registry with its file store, replicas of the gateway over HTTP, some of them as if it were later.
import type { Service } from '@latchkey/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

const MINUTE_MS = 60_000;

describe('being signed in', () => {
  let desk: FrontDesk;
  const replicas: Service[] = [];

  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.close()));
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  /** The same browser so many minutes later. */
  async function later(browser: Browser, minutes: number): Promise<Browser> {
    const replica = await desk.another(
      `later-${minutes}-${replicas.length}`,
      {},
      minutes * MINUTE_MS,
    );
    replicas.push(replica);
    return browser.before(replica.httpUrl ?? '');
  }
  const statusOf = async (browser: Browser, headers = {}) =>
    (await browser.ask('GET', '/me', undefined, headers)).status;

  it('ends after fifteen minutes without activity', async () => {
    const browser = await newOperator(desk, 'idle', 'guard');
    expect(await statusOf(await later(browser, 14))).toBe(200);
    expect(await statusOf(await later(browser, 28))).toBe(200);
    expect(await statusOf(await later(browser, 44))).toBe(401);
    // It is over, then, at all of them.
    expect(await statusOf(browser)).toBe(401);
  });

  it('ends though a page keeps itself new or a live stream is open: neither is activity', async () => {
    const browser = await newOperator(desk, 'background', 'guard');
    const after10 = await later(browser, 10);
    expect(await statusOf(after10, { 'x-latchkey': 'background' })).toBe(200);
    const live = await after10.fetch('GET', '/events/live', undefined, {
      accept: 'text/event-stream',
    });
    expect(live.status).toBe(200);
    await live.body?.cancel();
    expect(await statusOf(await later(browser, 16))).toBe(401);
  });

  it('ends after twelve hours, whatever is done', async () => {
    await using patient = await FrontDesk.open({ env: { LK_IDLE_MINUTES: '720' } });
    const browser = await newOperator(patient, 'tireless', 'guard');
    const at = async (minutes: number) => {
      await using replica = await patient.another(`at-${minutes}`, {}, minutes * MINUTE_MS);
      return await statusOf(browser.before(replica.httpUrl ?? ''));
    };
    expect(await at(11 * 60)).toBe(200);
    expect(await at(12 * 60 - 1)).toBe(200);
    expect(await at(12 * 60)).toBe(401);
  });

  it('goes on while the registry or the broker is away, for those who were seen just before', async () => {
    await using shaken = await FrontDesk.open();
    const browser = await newOperator(shaken, 'seen', 'auditor');
    const unseen = await newOperator(shaken, 'unseen', 'auditor');
    expect(await statusOf(browser)).toBe(200);
    await shaken.registry.close();
    expect(await statusOf(browser)).toBe(200);
    expect((await browser.ask('GET', '/people')).status).toBe(504);
    expect((await browser.ask('GET', '/alerts')).status).toBe(200);
    expect(await unseen.ask('GET', '/me')).toMatchObject({
      status: 504,
      json: { code: 'LK-BUS-003' },
    });
    await shaken.broker.kill('SIGKILL');
    expect(await statusOf(browser)).toBe(200);
    expect((await browser.ask('GET', '/operators')).status).toBe(504);
    expect((await browser.ask('POST', '/operators', {})).status).toBe(403);
  });
});
