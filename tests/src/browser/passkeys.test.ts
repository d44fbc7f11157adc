// Real: broker, registry, gateway with the built console, Chromium with the authenticator of its developer tools.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { newOperator, PASSWORD } from '../gateway/browser.fixture.js';
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

/** Browsers keep passkeys for names: the same machine, by its name. */
const address = () => (desk.gateway.httpUrl ?? '').replace('127.0.0.1', 'localhost');

it('adds a passkey and signs in with it, by keyboard alone; removed, it lets nobody in', {
  timeout: 120_000,
}, async () => {
  await newOperator(desk, 'kira', 'administrator');
  await using browser = await TestBrowser.open();
  const kept = await browser.addPasskeyDevice();
  const at = ConsolePage.of(browser, address());
  const { page } = at;
  await at.goTo('#/account');
  await at.signIn('kira');
  await at.tabTo(page.getByLabel('A name for a new one'));
  await page.keyboard.type('This laptop');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('This laptop was added.').waitFor();
  expect(await kept()).toBe(1);
  const mine = page.getByRole('list', { name: 'Your passkeys' }).getByRole('listitem');
  expect(await mine.innerText()).toContain('never used');
  expect(await browser.accessibilityFaults()).toEqual([]);

  await at.tabTo(page.getByRole('button', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  const enter = page.getByRole('button', { name: 'Sign in with a passkey' });
  await enter.waitFor();
  expect(await browser.accessibilityFaults()).toEqual([]);
  await at.tabTo(enter);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await mine.getByText('last used').waitFor();

  await at.tabTo(mine.getByRole('button', { name: 'Remove This laptop' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Remove This laptop?' });
  await at.tabTo(dialog.getByLabel('Your password'));
  expect(await browser.accessibilityFaults()).toEqual([]);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await mine.waitFor({ state: 'detached' });
  await at.tabTo(page.getByRole('button', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  await at.tabTo(enter);
  await page.keyboard.press('Enter');
  await page.getByText('The passkey was not accepted.').waitFor();
  expect(await browser.accessibilityFaults()).toEqual([]);
});

it('says where passkeys work to who is at another address', { timeout: 60_000 }, async () => {
  await newOperator(desk, 'nora', 'guard');
  await using browser = await TestBrowser.open();
  const at = ConsolePage.of(browser, desk.gateway.httpUrl ?? '');
  await at.goTo('#/account');
  await at.page.getByLabel('Username').waitFor();
  expect(await at.page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
  await at.signIn('nora');
  await at.page.getByRole('link', { name: address() }).waitFor();
  expect(await browser.accessibilityFaults()).toEqual([]);
});
