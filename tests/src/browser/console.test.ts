// Real: the whole campus, the console as the gateway serves it, Chromium. Who stands at the doors is played by kiosk programs.
import { alarmNotLive } from '@latchkey/contracts';
import { asha, Campus, codePictureOf, look, sampleFace, showCode, stranger } from '@latchkey/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 820, height: 1180 };
const DESKTOP = { width: 1280, height: 800 };

/** Every page that an administrator finds in the menu, and those one step further. */
const pages: readonly (readonly [place: string, heading: string])[] = [
  ['#/', 'Live'],
  ['#/register', 'Register somebody'],
  ['#/visitors', 'Visitors and alarms'],
  ['#/doors', 'Doors'],
  ['#/doors/new', 'A new door'],
  ['#/doors/library', 'Library, north door'],
  ['#/messages', 'Messages'],
  ['#/messages/dead', 'Messages'],
  ['#/messages/inbox', 'Messages'],
  [`#/messages/inbox?to=${asha.email}`, 'Messages'],
  ['#/insights', 'Insights'],
  ['#/system', 'System'],
  ['#/audit', 'Audit'],
  ['#/operators', 'Operators'],
  ['#/account', 'Your account'],
];

describe('the operators’ console', { timeout: 600_000 }, () => {
  let campus: Campus;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    await campus.register(asha);
    // Something has happened at a door: an entry, and somebody's picture held up.
    await using door = await campus.door('library', { name: 'Library, north door' });
    await look(door, asha.face);
    await showCode(door, asha.face, codePictureOf(await campus.codeMail(asha.email)));
    await using gate = await campus.door('gate');
    await look(gate, sampleFace('sample6@674'));
    await campus.bus.waitFor(({ event }) => event.type === alarmNotLive.type);
  }, 180_000);
  afterAll(() => campus.close());

  it.each(['light', 'dark'] as const)(
    'has no page that axe finds fault with, or that is wider than a phone or a tablet, %s',
    async (theme) => {
      const username = `axe-${theme}`;
      await using at = await ConsolePage.open(campus, '#/', { username, theme });
      const found: string[] = [];
      for (const [place, name] of pages) {
        await at.goTo(place);
        await at.page.getByRole('heading', { name, level: 1 }).waitFor();
        await at.page.locator('.loading').first().waitFor({ state: 'detached' });
        for (const size of [PHONE, TABLET, DESKTOP]) {
          await at.page.setViewportSize(size);
          const width = await at.page.evaluate<number>('document.documentElement.scrollWidth');
          if (width > size.width) found.push(`${place} at ${size.width} px: ${width} px wide`);
          if (size === TABLET) continue;
          const faults = await at.browser.accessibilityFaults();
          found.push(...faults.map((fault) => `${place} at ${size.width} px: ${fault}`));
        }
      }
      expect(found).toEqual([]);
      expect(at.browser.faults.filter((fault) => !fault.includes('401'))).toEqual([]);
    },
  );

  it('shows visitors and alarms at once, and a guard acknowledges them by keyboard alone', async () => {
    const facts = { username: 'guido', role: 'guard' } as const;
    await using at = await ConsolePage.open(campus, '#/', facts);
    const { page } = at;
    await page.getByText('Connected', { exact: true }).waitFor();
    await using door = await campus.door('hall', { name: 'Hall' });
    expect(await look(door, stranger)).toBe('denied (unknown)');
    const alert = page.getByRole('listitem').filter({ hasText: 'Unknown visitor' });
    await alert.getByRole('img', { name: 'Who stood at hall' }).waitFor();
    // Whoever came last is the first that one sees; the alarm of before is still there.
    const needs = page.getByRole('region', { name: 'Needs somebody' }).getByRole('listitem');
    expect(await needs.first().innerText()).toContain('Unknown visitor');
    await needs.filter({ hasText: 'Alarm' }).waitFor();
    await at.tabTo(alert.getByRole('button', { name: 'Acknowledge' }));
    await page.keyboard.press('Enter');
    await alert.waitFor({ state: 'detached' });
    const { alerts } = await campus.gateway.call<{
      alerts: { acknowledged: { by: string } | null }[];
    }>('GET', '/alerts?kind=visitor');
    expect(alerts.map(({ acknowledged }) => acknowledged?.by)).toEqual(['guido']);
    const alarm = needs.filter({ hasText: 'A face that is not live' });
    await at.tabTo(alarm.getByRole('button', { name: 'Acknowledge' }));
    await page.keyboard.press('Enter');
    await alarm.waitFor({ state: 'detached' });
    const open = await campus.gateway.call<{ open: number }>('GET', '/alerts?kind=alarm');
    expect(open.open).toBe(0);
  });

  it('says that strangers are not compared with each other, and why a site may want it', async () => {
    await using at = await ConsolePage.open(campus, '#/visitors', { username: 'vera' });
    const { page } = at;
    await page.getByText('Whether somebody was seen before is not shown here').click();
    await page.getByText('LK_VISITOR_LIKENESS=on').waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
  });

  it('shows a role what it may do and nothing else', async () => {
    const facts = { username: 'ella', role: 'enroller' } as const;
    await using at = await ConsolePage.open(campus, '#/doors/library', facts);
    const { page } = at;
    await page.getByRole('heading', { name: 'Library, north door' }).waitFor();
    const menu = page.getByRole('navigation', { name: 'Areas' });
    expect(await menu.getByRole('link').allInnerTexts()).not.toContain('Audit');
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await at.goTo('#/audit');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });

  it('tells the second of two who change a door, and keeps what was typed', async () => {
    await campus.gateway.createDoor('lab', { name: 'Lab' });
    await using one = await ConsolePage.open(campus, '#/doors/lab', { username: 'uma' });
    await using other = await ConsolePage.open(campus, '#/doors/lab', { username: 'uwe' });
    const wait = 'Seconds to show the code';
    await other.page.getByLabel(wait, { exact: true }).fill('60');
    await one.page.getByLabel(wait).fill('45');
    await one.page.getByRole('button', { name: 'Save' }).click();
    await one.page.getByText('Saved.').waitFor();
    await other.page.getByRole('button', { name: 'Save' }).click();
    await other.page.getByText('Someone else has changed this door meanwhile').waitFor();
    await other.page.getByRole('row', { name: /^Seconds to show the code 60 45/ }).waitFor();
    expect(await other.page.getByLabel(wait, { exact: true }).inputValue()).toBe('60');
    for (const size of [PHONE, TABLET, DESKTOP]) {
      await other.page.setViewportSize(size);
      expect(await other.browser.accessibilityFaults()).toEqual([]);
      const width = await other.page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(size.width);
    }
    await other.page.getByRole('button', { name: `Take theirs: ${wait}` }).click();
    await expect
      .poll(() => other.page.getByLabel(wait, { exact: true }).inputValue(), { timeout: 30_000 })
      .toBe('45');
    await other.page.getByLabel(wait, { exact: true }).fill('75');
    await other.page.getByRole('button', { name: 'Save mine over theirs' }).click();
    await other.page.getByText('Saved.').waitFor();
    expect(await campus.gateway.call('GET', '/doors/lab')).toMatchObject({ codeWaitS: 75 });
    await other.goTo('#/audit');
    const change = /uma\s+Changed the settings of Lab\s+Seconds to show the code\s*30.*45/;
    await other.page.getByRole('row', { name: change }).waitFor();
  });

  it('tests a lock for an administrator who types the door’s name and says why', async () => {
    await campus.gateway.createDoor('vault', { name: 'Vault' });
    await using at = await ConsolePage.open(campus, '#/doors/vault', { username: 'tess' });
    const { page } = at;
    const lock = page.getByRole('region', { name: 'Lock' });
    await lock.getByText('Never').waitFor();
    await page.getByRole('button', { name: 'Test the lock…' }).click();
    const test = page.getByRole('button', { name: 'Test the lock', exact: true });
    await page.getByLabel('Why it is tested').fill('a new strike');
    expect(await test.isDisabled()).toBe(true);
    await page.getByLabel('Type “Vault” to confirm').fill('Vault');
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await test.click();
    await page.getByText('The lock was told to open.').waitFor();
    await lock.getByText('by tess: a new strike').waitFor();
    await at.goTo('#/');
    await page.getByText('The lock was tested by tess').waitFor();
  });

  it('asks who was signed out to sign in again, and returns to where they were', async () => {
    await using at = await ConsolePage.open(campus, '#/doors/library', { username: 'rita' });
    const { page } = at;
    await page.getByRole('heading', { name: 'Library, north door' }).waitFor();
    await at.browser.context.clearCookies();
    // The page reads itself anew within seconds, and is told: a click may come too late to find its button.
    await at.signIn('rita');
    await page.getByRole('heading', { name: 'Library, north door' }).waitFor();
    expect(page.url()).toMatch(/#\/doors\/library$/);
  });

  it('says that the connection is lost, and heals by itself', async () => {
    await using at = await ConsolePage.open(campus, '#/', { username: 'lou' });
    const lost = at.page.getByText('The connection to Latchkey is lost.');
    await at.page.getByRole('heading', { name: 'Live' }).waitFor();
    await at.browser.context.setOffline(true);
    await lost.waitFor();
    await at.browser.context.setOffline(false);
    await lost.waitFor({ state: 'detached' });
    expect(await at.page.getByRole('heading', { name: 'Live' }).count()).toBe(1);
  });

  it('can be kept on a device as an app', async () => {
    await using at = await ConsolePage.open(campus, '#/', { username: 'ada' });
    expect(await at.browser.appFaults()).toEqual([]);
  });
});
