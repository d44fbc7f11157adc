// Real: broker, registry, gateway with the built console, Chromium; codes as an authenticator makes them.
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newOperator, PASSWORD } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

let desk: FrontDesk;
beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
beforeAll(async () => {
  desk = await FrontDesk.open();
}, 60_000);
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

const codeOf = (secret: string, timestamp: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

it('tells who mistypes the password, asks for the second factor, and keeps what was typed', {
  timeout: 120_000,
}, async () => {
  const operator = await newOperator(desk, 'tora', 'guard');
  const { secret = '' } = (await operator.ask('POST', '/me/totp', { password: PASSWORD })).json as {
    secret?: string;
  };
  await operator.ask('POST', '/me/totp/confirm', { code: codeOf(secret, Date.now()) });
  await using browser = await TestBrowser.open();
  const at = ConsolePage.of(browser, desk.gateway.httpUrl ?? '');
  const { page } = at;
  await at.goTo('#/account');
  await page.getByLabel('Username').fill('tora');
  await page.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByText('The name or the password is wrong.').waitFor();
  expect(await page.getByLabel('Username').inputValue()).toBe('tora');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByLabel('Code of your authenticator').waitFor();
  // One looks at another page for the code, and comes back.
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await page.keyboard.type(codeOf(secret, Date.now() + 30_000));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
});
