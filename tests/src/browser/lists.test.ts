// Real: the whole campus, the console as the gateway serves it, Chromium. What happens at the doors is published by the test.
import { randomUUID } from 'node:crypto';
import { accessAbandoned, alarmNotLive } from '@latchkey/contracts';
import { Campus } from '@latchkey/demo';
import { type Bus, publishEvent } from '@latchkey/runtime';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

/** More than two pages of people, and of what happens. */
const LISTED = 120;
const id = (n: number) => `s${1000 + n}`;
const name = (n: number) => `Student ${n}`;
const WAIT = { timeout: 60_000 };

describe('lists in the console', { timeout: 240_000 }, () => {
  let campus: Campus;
  let bus: Bus;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    bus = await connectAsAdmin(campus.stack.broker.url, campus.stack.keysDir);
    const rows = Array.from({ length: LISTED }, (_, n) => `${id(n)},${name(n)},${id(n)}@c.example`);
    const csv = ['id,name,email', ...rows].join('\n');
    await campus.gateway.call('POST', '/people/import', { csv, commit: true });
    await campus.gateway.createDoor('library', { name: 'Library' });
    await campus.gateway.createDoor('gate', { name: 'Gate' });
    for (let n = 0; n < LISTED; n += 1) await wentAway('gate', id(n));
  }, 180_000);
  afterAll(async () => {
    await bus?.close();
    await campus?.close();
  });

  /** Somebody was at a door, and went. */
  async function wentAway(door: string, person: string): Promise<void> {
    const attempt = randomUUID();
    const data = { ...accessAbandoned.example, attempt, door, person, at: Date.now() };
    const facts = { id: randomUUID(), correlationId: attempt, data };
    await publishEvent(bus, accessAbandoned, { door }, facts);
  }

  /** A picture was held up at a door. */
  async function alarm(door: string): Promise<void> {
    const attempt = randomUUID();
    const data = { ...alarmNotLive.example, attempt, door, evidence: null, at: Date.now() };
    const facts = { id: randomUUID(), correlationId: attempt, data };
    await publishEvent(bus, alarmNotLive, { door }, facts);
  }

  it.each([
    ['people', '#/people', /\/people\?.*cursor=/, 'Next', 'Before'],
    ['what happens', '#/', /\/events\?.*cursor=/, 'Older', 'Newer'],
  ])('of %s lead on by one page however fast one clicks, and back', async (...row) => {
    const [what, place, asked, next, before] = row;
    await using at = await ConsolePage.open(campus, place, { username: what.replace(' ', '') });
    const { page, browser } = at;
    const held = await hold(page, asked);
    const button = page.getByRole('button', { name: next });
    await button.waitFor();
    // A door's name is read by itself: until then its id stands there.
    await expect.poll(() => firstOf(page), WAIT).not.toMatch(/\bgate\b/);
    const first = await firstOf(page);
    await button.dispatchEvent('click');
    await button.dispatchEvent('click');
    held.letGo();
    await expect.poll(() => firstOf(page), WAIT).not.toBe(first);
    await page.getByText('Page 2', { exact: true }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: before }).click();
    await page.getByText('Page 1', { exact: true }).waitFor();
    await expect.poll(() => firstOf(page), WAIT).toBe(first);
    expect(await page.getByRole('button', { name: before }).isDisabled()).toBe(true);
  });

  it('never say one person’s name for another’s, whatever has not been read yet', async () => {
    await wentAway('library', id(1));
    await using at = await ConsolePage.open(campus, '#/', { username: 'nina' });
    const { page } = at;
    const tile = page.getByRole('list', { name: 'Doors' }).getByRole('listitem');
    const library = tile.filter({ hasText: 'Library' });
    await library.getByRole('link', { name: name(1), exact: true }).waitFor();
    // The stream of events names the same person, and would have read who it is.
    await page.getByLabel('Kind').selectOption('Doors');
    const held = await hold(page, new RegExp(`/people/${id(2)}$`));
    await wentAway('library', id(2));
    const link = library.locator(`a[href="#/people/${id(2)}"]`);
    await held.asked;
    await link.waitFor();
    expect(await library.innerText()).not.toContain(name(1));
    held.letGo();
    await link.filter({ hasText: name(2) }).waitFor();
  });

  it.each([
    ['#/', 'Kind', 'Denials', /#\/\?kind=denials$/, 'Nothing that fits'],
    ['#/visitors', 'Seen to', 'All', /#\/visitors\?state=both$/, 'Visitors and alarms'],
    [
      '#/messages',
      'Which',
      'Those that failed',
      /#\/messages\?which=failed$/,
      'Nothing has failed',
    ],
    ['#/insights', 'When', 'The last 7 days', /#\/insights\?when=week$/, 'Insights'],
    [
      '#/audit',
      'What was done',
      'Lifted the lock on somebody at a door',
      /#\/audit\?action=code.unlocked$/,
      'Nothing that fits',
    ],
  ])('of %s are looked through by what their address says', async (...row) => {
    const [place, field, choice, address, shown] = row;
    const username = `look${place.replace(/\W/g, '')}`;
    await using at = await ConsolePage.open(campus, place, { username });
    const { page } = at;
    await page.getByLabel(field).selectOption(choice);
    await page.waitForURL(address);
    await page.reload();
    await page.getByRole('heading', { name: shown }).waitFor();
    const chosen = page.getByLabel(field).locator('option:checked');
    expect(await chosen.innerText()).toBe(choice);
  });

  it('of the audit find a person by name, and ask once for what is typed', async () => {
    await using at = await ConsolePage.open(campus, '#/audit', { username: 'otto' });
    const { page } = at;
    await page.getByRole('row', { name: new RegExp(name(LISTED - 1)) }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/audit\?/.test(request.url())) asked.push(request.url());
    });
    await page.getByLabel('To whom').pressSequentially(name(7));
    await page.waitForURL(new RegExp(`#/audit\\?person=${id(7)}$`));
    await page.getByRole('row', { name: new RegExp(`${name(7)} on the list`) }).waitFor();
    const persons = asked.map((url) => new URL(url).searchParams.get('person'));
    expect(new Set(persons.filter((one) => one !== null))).toEqual(new Set([id(7)]));
    await page.getByLabel('Until').fill('2020-01-01');
    await page.getByRole('heading', { name: 'Nothing that fits' }).waitFor();
  });

  it('are pages with titles of their own, at whose heading one arrives', async () => {
    await using at = await ConsolePage.open(campus, '#/audit', { username: 'tilda' });
    const { page } = at;
    await page.getByRole('row').nth(40).waitFor();
    await expect.poll(() => page.title(), WAIT).toMatch(/Audit · Latchkey$/);
    await page.evaluate('window.scrollTo(0, 1000)');
    await page.getByRole('row').nth(30).getByRole('link').first().click();
    await expect.poll(() => page.title(), WAIT).toMatch(/Student \d+ · People · Latchkey$/);
    const focused = page.locator('h1:focus');
    await focused.waitFor();
    expect(await focused.innerText()).toContain('Student');
    expect(await page.evaluate('window.scrollY')).toBe(0);
    await alarm('gate');
    await expect.poll(() => page.title(), WAIT).toMatch(/^\(\d+\) Student/);
  });

  it('let an alarm be heard on every page, once the browser lets anything be heard', async () => {
    const facts = { username: 'gwen', role: 'guard' } as const;
    await using at = await ConsolePage.open(campus, '#/', facts);
    await at.browser.context.addInitScript(SILENT_FIRST);
    const page = await at.browser.context.newPage();
    await page.goto(at.page.url());
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByText('Silent until you click somewhere').waitFor();
    await page.getByRole('button', { name: 'Let alarms be heard' }).click();
    await page.getByText('Silent until you click somewhere').waitFor({ state: 'detached' });
    await at.page.close();
    await page.evaluate(COUNTING);
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('heading', { name: /^People/ }).waitFor();
    // The window that followed what happens is closed: this one takes over, and says so to nobody.
    await expect
      .poll(async () => {
        await alarm('gate');
        return page.evaluate<number>('heard');
      }, WAIT)
      .toBeGreaterThan(0);
  });

  it('say that too many consoles are open, where that is why nothing is told', async () => {
    await using at = await ConsolePage.open(campus, '#/audit', { username: 'fil' });
    const { page } = at;
    const problem = {
      code: 'LK-EVT-002',
      status: 503,
      title: 'Too many live streams are open.',
      detail: 'Too many live streams are open.',
      action: 'Close one.',
    };
    await page.route(/\/events\/live/, (route) => route.fulfill({ status: 503, json: problem }));
    await at.goTo('#/');
    await page.reload();
    const full = page.getByText('Too many consoles are open, trying again…');
    await full.waitFor();
    await page.unroute(/\/events\/live/);
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(await full.count()).toBe(0);
  });
});

/** Nothing is heard before a click. It is played: to Chromium, whatever Playwright does counts as one. */
const SILENT_FIRST = `
  let clicked = false;
  addEventListener('pointerdown', () => { clicked = true; }, true);
  const { resume } = AudioContext.prototype;
  Object.defineProperty(AudioContext.prototype, 'state', { get: () => (clicked ? 'running' : 'suspended') });
  AudioContext.prototype.resume = async function resumed() {
    if (!clicked) return new Promise(() => {});
    await resume.call(this);
    this.dispatchEvent(new Event('statechange'));
  };
`;

/** Counts the tones that are heard. */
const COUNTING = `
  globalThis.heard = 0;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function counted(...when) {
    if (this.context.state === 'running') heard += 1;
    start.apply(this, when);
  };
`;

/** The first entry of the page's list. */
async function firstOf(page: Page): Promise<string> {
  return page.locator('tbody tr, .events > li').first().innerText();
}

/** Requests to such an address wait until they are let go. */
async function hold(page: Page, address: RegExp) {
  const { promise: gone, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: asked, resolve: tell } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    tell();
    await gone;
    await route.continue().catch(() => undefined);
  });
  return { asked, letGo };
}
