// Real: broker, registry with its file store, two replicas of the gateway over HTTP.
import type { Service } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

let desk: FrontDesk;
let replica: Service;
beforeAll(async () => {
  desk = await FrontDesk.open();
  replica = await desk.another('replica');
});
afterAll(async () => {
  await replica?.close();
  await desk?.[Symbol.asyncDispose]();
});

it('tries at one replica count at the other, however the name is spelled and whatever address is claimed', async () => {
  await newOperator(desk, 'attacked', 'guard');
  const spellings = ['attacked', 'ATTACKED', ' Attacked', 'attacked ', 'aTTacked', 'attackeD'];
  const statuses: number[] = [];
  for (const [n, username] of spellings.entries()) {
    const browser = new Browser(desk, n % 2 === 0 ? undefined : replica.httpUrl);
    const claimed = { 'x-forwarded-for': `192.0.2.${n}`, forwarded: `for=192.0.2.${n}` };
    const body = { username, password: `a wrong one ${n}` };
    statuses.push((await browser.ask('POST', '/sign-in', body, claimed)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const atTheOther = await new Browser(desk, replica.httpUrl).signIn('attacked');
  expect(atTheOther).toMatchObject({ status: 429, json: { code: 'LK-AUTH-003' } });
});

it('of twenty guesses at the same moment, over both replicas, five are looked at', async () => {
  await newOperator(desk, 'crowded', 'guard');
  const guesses = Array.from({ length: 20 }, (_, n) => {
    const browser = new Browser(desk, n % 2 === 0 ? undefined : replica.httpUrl);
    return browser.signIn('crowded', `a wrong one ${n}`);
  });
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
});
