// Real: the whole campus, the console as the gateway serves it, Chromium, the mail server that refuses and goes away. What is
// news is published by the test.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consumers, mailNotice } from '@latchkey/contracts';
import { asha, Campus } from '@latchkey/demo';
import { type CaughtMail, freePort, type MailCatcher, startMailCatcher } from '@latchkey/devstack';
import { type Bus, publishEvent } from '@latchkey/runtime';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { settled } from '../runtime/probe.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

const REFUSED = 'The mail server refuses for good: reply 550';
const NEWS = 'News: someone entered';
const NEW_CODE = 'A new code, by an operator';
const WAIT_MS = 60_000;

describe('mails and messages in the console', { timeout: 400_000 }, () => {
  let folder: string;
  let smtpPort: number;
  let mail: MailCatcher;
  let campus: Campus;
  let bus: Bus;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-mails-'));
    smtpPort = await freePort();
    mail = await openMail();
    campus = await Campus.start({ env: mail.env() });
    bus = await connectAsAdmin(campus.stack.broker.url, campus.stack.keysDir);
    await campus.gateway.createDoor('library', { name: 'Library' });
    await campus.register(asha);
    await mail.waitFor(({ subject }) => subject.endsWith('first entry code'), WAIT_MS);
  }, 180_000);
  beforeEach(async () => {
    await allMailed();
    await mail.clear();
  });
  afterAll(async () => {
    await bus?.close();
    await campus?.close();
    await mail?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openMail = () => startMailCatcher({ dataDir: folder, smtpPort });

  /** Waits until notify has nothing left to mail. */
  async function allMailed(): Promise<void> {
    for (const reader of [consumers.notifyCode, consumers.notifyMail]) await settled(bus, reader);
  }

  /** Asha is to be told of an entry of her own. */
  async function news(): Promise<void> {
    const data = { ...mailNotice.example, recipient: asha.id, about: asha.id, door: 'library' };
    const id = randomUUID();
    await publishEvent(bus, mailNotice, {}, { id, correlationId: id, data });
  }

  async function letters(): Promise<number> {
    const path = '/dead-letters';
    return (await campus.gateway.call<{ deadLetters: object[] }>('GET', path)).deadLetters.length;
  }

  /** The mail server refuses a mail for good; it is a dead letter once this is done. */
  async function refused(post: () => Promise<unknown>): Promise<void> {
    const before = await letters();
    mail.failNext(1, 550);
    await post();
    await expect.poll(letters, { timeout: WAIT_MS }).toBe(before + 1);
  }

  /** All that came, once nothing more is to come. */
  async function caught(): Promise<CaughtMail[]> {
    await allMailed();
    return [...mail.mails()];
  }

  async function isNoted(page: Page, at: ConsolePage, act: RegExp): Promise<void> {
    await at.goTo('#/audit');
    await page.getByRole('row', { name: act }).first().waitFor();
  }

  const newestOf = (page: Page, occasion: string): Locator =>
    page.getByRole('row').filter({ hasText: occasion }).first();

  it('send a code that was refused again as a new one, which comes once', async () => {
    await refused(() => campus.gateway.call('POST', `/people/${asha.id}/code`));
    await using at = await ConsolePage.open(campus, '#/messages', { username: 'olga' });
    const { page } = at;
    const first = newestOf(page, 'The first code');
    await first.getByText('Sent', { exact: true }).waitFor();
    expect(await first.getByRole('button').count()).toBe(0);
    const failed = page.getByRole('row').filter({ hasText: REFUSED });
    await failed.getByText('Failed', { exact: true }).waitFor();
    await failed.getByText(NEW_CODE).waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await failed.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('A new code is being mailed; the old one is void.').waitFor();
    const both = page.getByRole('row').filter({ hasText: NEW_CODE });
    await both.filter({ hasText: 'A newer one went out' }).waitFor();
    await both.filter({ hasText: 'Sent' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    expect((await caught()).map(({ subject }) => subject)).toEqual(['Your new entry code']);
    await page.getByRole('link', { name: 'Dead letters' }).click();
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
    await isNoted(page, at, /olga Had a mail to Asha Rao sent again A new code was mailed/);
  });

  it('send news that was refused again from its dead letter, and it comes once', async () => {
    await refused(news);
    await using at = await ConsolePage.open(campus, '#/messages?which=failed', {
      username: 'otto',
    });
    const { page } = at;
    const failed = newestOf(page, NEWS);
    await failed.getByText(REFUSED).waitFor();
    await failed.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('It was sent.').waitFor();
    await page.getByRole('heading', { name: 'Nothing has failed' }).waitFor();
    expect((await caught()).map(({ subject }) => subject)).toEqual(['Asha Rao logged in']);
    await page.getByLabel('Which').selectOption('All');
    await newestOf(page, NEWS).getByText('Sent', { exact: true }).waitFor();
    await isNoted(page, at, /otto Had a mail to Asha Rao sent again News: someone entered/);
  });

  it('try a dead letter again: refused once more it stays, handled it is gone, and mailed once', async () => {
    await refused(news);
    await using at = await ConsolePage.open(campus, '#/messages/dead', { username: 'rolf' });
    const { page } = at;
    const letter = page.getByRole('listitem').filter({ hasText: REFUSED });
    await letter.getByText('Hands mails to the mail server').waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    mail.failNext(1, 550);
    await letter.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').filter({ hasText: REFUSED }).waitFor();
    await letter.waitFor();
    expect(await caught()).toEqual([]);
    await letter.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('It was handled.').waitFor();
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
    expect((await caught()).map(({ subject }) => subject)).toEqual(['Asha Rao logged in']);
    await page.getByRole('link', { name: 'Mailed' }).click();
    await newestOf(page, NEWS).getByText('Sent', { exact: true }).waitFor();
    await isNoted(page, at, /rolf Tried a dead letter again Failed: LK-MAIL-002/);
    await isNoted(page, at, /rolf Tried a dead letter again (?!Failed)/);
  });

  it('drop a dead letter after a question, and it is mailed never', async () => {
    await refused(news);
    await using at = await ConsolePage.open(campus, '#/messages/dead', { username: 'dora' });
    const { page } = at;
    const letter = page.getByRole('listitem').filter({ hasText: REFUSED });
    const drop = letter.getByRole('button', { name: 'Drop…' });
    await drop.click();
    const question = page.getByRole('dialog', { name: 'Drop this message?' });
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await letter.waitFor();
    await drop.click();
    await question.getByRole('button', { name: 'Drop it' }).click();
    await page.getByText('It was dropped.').waitFor();
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
    await page.getByRole('link', { name: 'Mailed' }).click();
    await newestOf(page, NEWS).getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Its dead letter was replayed or dropped.').waitFor();
    expect(await caught()).toEqual([]);
    await isNoted(page, at, /dora Dropped a dead letter notify-mail LK-MAIL-002/);
  });

  it('are looked at by an auditor, who can have nothing sent, and by neither guard nor enroller', async () => {
    await refused(news);
    const facts = { username: 'alma', role: 'auditor' } as const;
    await using at = await ConsolePage.open(campus, '#/messages', facts);
    const { page } = at;
    await newestOf(page, NEWS).getByText(REFUSED).waitFor();
    expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    await at.goTo('#/messages/dead');
    await page.getByRole('listitem').filter({ hasText: REFUSED }).waitFor();
    expect(await page.getByRole('button', { name: /Try again|Drop/ }).count()).toBe(0);
    expect(await page.evaluate(refusals)).toEqual(Array(3).fill('LK-AUTH-004'));
    expect(await caught()).toEqual([]);
    for (const role of ['guard', 'enroller'] as const) {
      await using other = await ConsolePage.open(campus, '#/messages', { username: role, role });
      await other.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      const menu = other.page.getByRole('navigation', { name: 'Areas' });
      expect(await menu.getByRole('link', { name: 'Messages' }).count()).toBe(0);
    }
  });

  it('wait while the mail server is away, which is told, and come once when it is back', async () => {
    await using at = await ConsolePage.open(campus, '#/messages', { username: 'willa' });
    const { page } = at;
    await newestOf(page, 'The first code').waitFor();
    const codes = page.getByRole('row').filter({ hasText: NEW_CODE });
    const before = await codes.count();
    await mail.close();
    await campus.gateway.call('POST', `/people/${asha.id}/code`);
    const waits = page.getByText('One mail is still to be sent');
    await waits.waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    mail = await openMail();
    await mail.waitFor(({ subject }) => subject === 'Your new entry code', 120_000);
    await expect.poll(() => codes.count(), { timeout: WAIT_MS }).toBe(before + 1);
    await codes.first().getByText('Sent', { exact: true }).waitFor();
    await waits.waitFor({ state: 'detached' });
    expect(await caught()).toHaveLength(1);
  });
});

/** In the page: what each act on a message is refused with. */
const refusals = `Promise.all([
  ['POST', 'dead-letters/1/replay'],
  ['DELETE', 'dead-letters/1'],
  ['POST', 'deliveries/${'A'.repeat(43)}/send-again'],
].map(async ([method, path]) => {
  const headers = { 'x-latchkey': '1' };
  return (await (await fetch('/api/v1/' + path, { method, headers })).json()).code;
}))`;
