// Real: broker, registry, gateway with the built console, Chromium, an OpenID provider (oidc-provider) at another site.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newOperator } from '../gateway/browser.fixture.js';
import { SignOnDesk } from '../gateway/sign-on.fixture.js';
import { TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

let campus: SignOnDesk;
beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
beforeAll(async () => {
  campus = await SignOnDesk.open();
}, 60_000);
afterAll(async () => {
  await campus?.[Symbol.asyncDispose]();
});

const open = (browser: TestBrowser) => ConsolePage.of(browser, campus.desk.gateway.httpUrl ?? '');

/** Presses the button and signs in at the provider's own pages. */
async function signInAs({ page }: ConsolePage, account: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Campus login' }).click();
  await page.getByPlaceholder('Enter any login').fill(account);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

it('leads an invited operator from the button to where they wanted to be, and nobody else', {
  timeout: 180_000,
}, async () => {
  campus.provider.accounts.set('s-asha', { email: 'asha@campus.example', email_verified: true });
  await campus.invite('asha', 'asha@campus.example', 'enroller');
  await using browser = await TestBrowser.open();
  const at = open(browser);
  const { page } = at;
  await at.goTo('#/people');
  await signInAs(at, 's-asha');
  await page.getByRole('heading', { name: 'People' }).waitFor();
  expect(page.url()).toBe(`${campus.desk.gateway.httpUrl}/#/people`);
  await at.goTo('#/account');
  await page.getByRole('heading', { name: 'Single sign-on' }).waitFor();
  expect(await browser.accessibilityFaults()).toEqual([]);
  // Here, and at the provider, which asks whether one means it.
  await page.getByRole('button', { name: 'Sign out of your campus, too' }).click();
  await page.getByText('Do you want to sign-out').waitFor();
  await at.goTo('#/people');
  await page.getByLabel('Username').waitFor();

  campus.provider.accounts.set('s-else', { email: 'else@campus.example', email_verified: true });
  await using other = await TestBrowser.open({ size: { width: 390, height: 844 } });
  const stranger = open(other);
  await stranger.goTo('#/people');
  await signInAs(stranger, 's-else');
  const refusal = 'Nobody is known here by your account of Campus login.';
  await stranger.page.getByRole('alert').filter({ hasText: refusal }).waitFor();
  expect(await other.accessibilityFaults()).toEqual([]);
  // Said once, not again to whoever opens the page later.
  expect(stranger.page.url()).toBe(`${campus.desk.gateway.httpUrl}/#/people`);
  const blocked = [...browser.faults, ...other.faults].filter((fault) => /policy/i.test(fault));
  expect(blocked).toEqual([]);
});

it('says plainly that the provider is away, and lets people in by password meanwhile', {
  timeout: 120_000,
}, async () => {
  await newOperator(campus.desk, 'mira', 'guard');
  await using browser = await TestBrowser.open();
  const at = open(browser);
  await at.goTo('#/doors');
  const button = at.page.getByRole('button', { name: 'Sign in with Campus login' });
  await button.waitFor();
  await campus.provider[Symbol.asyncDispose]();
  await button.click();
  await at.page
    .getByRole('alert')
    .filter({ hasText: 'Signing in with Campus login is not possible now' })
    .waitFor();
  expect(await browser.accessibilityFaults()).toEqual([]);
  await at.signIn('mira');
  await at.page.getByRole('heading', { name: 'Doors' }).waitFor();
});

it('invites an operator from the console', { timeout: 120_000 }, async () => {
  await newOperator(campus.desk, 'root.admin', 'administrator');
  await using browser = await TestBrowser.open();
  const at = open(browser);
  const { page } = at;
  await at.goTo('#/operators');
  await at.signIn('root.admin');
  await page.getByRole('button', { name: 'Add an operator' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Noor Ali');
  await page.getByLabel('Username').fill('noor');
  await page.getByLabel('Signs in with').selectOption('Campus login');
  await page.getByLabel('E-mail address at Campus login').fill('not an address');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('expected a plain e-mail address').first().waitFor();
  await page.getByLabel('E-mail address at Campus login').fill('Noor@campus.example');
  expect(await browser.accessibilityFaults()).toEqual([]);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const row = page.getByRole('row', { name: /Noor Ali/ });
  await row.getByText('Invited').waitFor();
  await row.getByRole('button', { name: /Change/ }).click();
  await page.getByText('Invited as noor@campus.example; nobody came yet.').waitFor();
  expect(await browser.accessibilityFaults()).toEqual([]);
});
