// Real: broker, registry, gateway with the built console, Chromium; codes as an authenticator makes them.
import { createCodeReader, decodeGrey } from '@latchkey/vision';
import type { OperatorRole } from '@latchkey/contracts';
import { Secret, TOTP } from 'otpauth';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkToken, newOperator, PASSWORD } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { type BrowserFacts, TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

const codeOf = (secret: string, timestamp = Date.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

describe('an operator’s account in the console', { timeout: 400_000 }, () => {
  let desk: FrontDesk;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    desk = await FrontDesk.open();
  }, 180_000);
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  const open = async (
    username: string,
    role: OperatorRole,
    place: string,
    facts: BrowserFacts = {},
  ) => {
    const session = await newOperator(desk, username, role);
    const browser = await TestBrowser.open(facts);
    const at = ConsolePage.of(browser, desk.gateway.httpUrl ?? '');
    await at.goTo(place);
    await at.signIn(username);
    return Object.assign(at, { session });
  };

  it('makes the first administrator by the one-time link', async () => {
    const token = await linkToken(desk);
    await using browser = await TestBrowser.open();
    const at = ConsolePage.of(browser, desk.gateway.httpUrl ?? '');
    const { page } = at;
    await at.goTo(`#/welcome/${token}`);
    await page.getByRole('heading', { name: 'Welcome. Who runs this campus?' }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.getByLabel('Username').fill('mira stein');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Make the first administrator' }).click();
    // All that is wrong is said at once, in sentences, and the cursor stands where it begins.
    for (const fault of ['Say your name.', 'Spaces are not allowed', 'A password has 12 to']) {
      await page.getByRole('alert').filter({ hasText: fault }).waitFor();
    }
    await page.getByLabel('Your name').and(page.locator(':focus')).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.keyboard.type('Mira');
    await page.getByLabel('Username').fill('mira');
    const password = page.getByLabel('Password');
    await password.fill(PASSWORD);
    expect(await password.getAttribute('type')).toBe('password');
    await at.tabTo(page.getByRole('button', { name: 'Show the password' }));
    await page.keyboard.press('Enter');
    expect(await password.getAttribute('type')).toBe('text');
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Hide the password' }).click();
    expect(await password.getAttribute('type')).toBe('password');
    await password.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    await at.goTo('#/operators');
    await page.getByRole('row', { name: /^Mira mira administrator/i }).waitFor();
  });

  it('turns the second factor on by a code to scan, whose secret is in no address, log or store', async () => {
    await using at = await open('tove', 'guard', '#/account', { theme: 'dark' });
    const { page, browser } = at;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const factor = page.getByRole('region', { name: 'Second factor' });
    await factor.getByLabel('password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Turn it on' }).click();
    const picture = page.getByRole('img', { name: 'The key, for an authenticator app to scan' });
    const field = page.getByLabel('The code that it shows now');
    await field.and(page.locator(':focus')).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    const reader = await createCodeReader();
    const seen = await sharp(await picture.screenshot())
      .resize(660)
      .jpeg()
      .toBuffer();
    const [code] = await reader.read(await decodeGrey(seen));
    const secret = new URL(code?.text ?? '').searchParams.get('secret') ?? '';
    expect(code?.text).toMatch(/^otpauth:\/\/totp\/.*tove/);
    expect((await page.locator('.secret').innerText()).replaceAll(' ', '')).toBe(secret);
    await field.fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await field.fill(codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Turn it off' }).waitFor();
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.documentElement.outerHTML])',
    );
    expect([...asked, ...browser.faults, kept].filter((said) => said.includes(secret))).toEqual([]);
    expect((await at.session.signIn('tove')).json).toMatchObject({ code: 'LK-AUTH-011' });
  });

  it('is given back to who lost the second factor, by an administrator; the dialog is not told of its own changes', async () => {
    const lost = await newOperator(desk, 'lars', 'guard');
    const { secret = '' } = (await lost.ask('POST', '/me/totp', { password: PASSWORD })).json as {
      secret?: string;
    };
    await lost.ask('POST', '/me/totp/confirm', { code: codeOf(secret) });
    await using at = await open('ada', 'administrator', '#/operators');
    const { page, browser } = at;
    await page.getByRole('button', { name: 'Change Name of lars' }).click();
    const dialog = page.getByRole('dialog', { name: 'Name of lars' });
    await dialog.getByLabel('Name').fill('Lars Berg');
    await dialog.getByLabel('A new password for them').fill('another horse battery');
    await dialog.getByLabel('Take their second factor away, too').check();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Set the password' }).click();
    // It is said where it can be heard: what lies behind the dialog is not.
    await dialog.getByText('The new password is set').waitFor();
    expect((await lost.signIn('lars', 'another horse battery')).status).toBe(200);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /^Lars Berg lars guard off/i }).waitFor();
  });

  it('tells the second of two who change an operator, asks before it is left, and lets them go on', async () => {
    await newOperator(desk, 'otto', 'guard');
    await using at = await open('olga', 'administrator', '#/operators');
    const { page, browser } = at;
    await page.getByRole('button', { name: 'Change Name of otto' }).click();
    const dialog = page.getByRole('dialog', { name: 'Name of otto' });
    await dialog.getByLabel('Name').fill('Otto Mine');
    const theirs = { name: 'Otto Theirs', role: 'enroller', disabled: false };
    const { json } = await desk.ask('GET', '/operators');
    const all = json['operators'] as { username: string; version: number }[];
    const { version = 0 } = all.find(({ username }) => username === 'otto') ?? {};
    const match = { 'if-match': `"${version}"` };
    const changed = await desk.ask('PUT', '/operators/otto', theirs, match);
    expect(changed.status).toBe(200);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('row', { name: /^Name Otto Mine Otto Theirs/ }).waitFor();
    expect(await dialog.getByLabel('Role').inputValue()).toBe('enroller');
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Save mine over theirs' }).click();
    await page.getByRole('row', { name: /^Otto Mine otto enroller/i }).waitFor();
  });

  it('says where signing out did not work, and signs out once it does', async () => {
    await using at = await open('sara', 'guard', '#/account');
    const { page, browser } = at;
    await browser.context.setOffline(true);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are not signed out.').waitFor();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await browser.context.setOffline(false);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await browser.context.cookies()).toEqual([]);
  });

  it('says that there is no connection also where the page is just opened, and heals by itself', async () => {
    await using browser = await TestBrowser.open();
    const at = ConsolePage.of(browser, desk.gateway.httpUrl ?? '');
    const { page } = at;
    await page.route('**/api/**', (route) => route.abort());
    await at.goTo('#/people');
    await page.getByText('The connection to Latchkey is lost.').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.unroute('**/api/**');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
