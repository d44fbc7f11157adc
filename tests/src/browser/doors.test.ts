// Real: the whole campus, the console as the gateway serves it, Chromium. Kiosks are played by programs.
import { createHash, randomBytes } from 'node:crypto';
import { Campus, KioskClient } from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

const WAIT = 'Seconds to show the code';

describe('a door in the console', { timeout: 400_000 }, () => {
  let campus: Campus;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
  }, 180_000);
  afterAll(() => campus.close());

  it('is paired and then saved, as the README says it: nobody else has changed it', async () => {
    await campus.gateway.createDoor('yard', { name: 'Yard' });
    await using at = await ConsolePage.open(campus, '#/doors/yard', { username: 'pia' });
    const { page } = at;
    // A door that was just made has no kiosk to be cut off, and did not open yet.
    const cutOff = page.getByRole('button', { name: 'Cut the kiosk off…' });
    await page.getByRole('region', { name: 'Lock' }).getByText('Not yet').waitFor();
    expect(await cutOff.count()).toBe(0);
    await page.getByLabel(WAIT).fill('60');
    await page.getByRole('button', { name: 'Pair a kiosk' }).click();
    await using kiosk = await pairKiosk(campus, await shownCode(page));
    await page.getByText('Paired and online').waitFor();
    await cutOff.waitFor();
    expect(await page.getByLabel(WAIT).inputValue()).toBe('60');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await page.getByText('Someone else has changed').count()).toBe(0);
    expect(await campus.gateway.call('GET', '/doors/yard')).toMatchObject({ codeWaitS: 60 });
    kiosk.close();
    await page.getByText('No screen is connected').waitFor();
    await cutOff.waitFor();
  });

  it('is added by a name alone; what else it can be told is out of sight until it is wanted or at fault', async () => {
    await campus.gateway.createDoor('loft', { name: 'Loft' });
    await using at = await ConsolePage.open(campus, '#/doors/new', { username: 'lou' });
    const { page } = at;
    const id = page.getByLabel('Id', { exact: true });
    const add = page.getByRole('button', { name: 'Add the door' });
    await add.click();
    await page.getByRole('alert').filter({ hasText: 'Type a name.' }).waitFor();
    await page.getByLabel('Name').and(page.locator(':focus')).waitFor();
    expect(await id.isVisible()).toBe(false);
    // Its id is taken: what is at fault is opened, and the cursor stands there.
    await page.keyboard.type('Loft');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'taken' }).waitFor();
    await id.and(page.locator(':focus')).waitFor();
    await page.getByLabel('Refuse pictures of a face').waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await id.fill('loft-east');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Loft', level: 1 }).waitFor();
    // By keyboard.
    await at.goTo('#/doors/new');
    await at.tabTo(page.getByText('More settings'));
    await page.keyboard.press('Enter');
    await page.getByLabel(WAIT).waitFor();
    await at.tabTo(page.getByLabel(WAIT));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('45');
    await page.getByLabel('Name').fill('Tower');
    await add.click();
    await page.getByRole('heading', { name: 'Tower', level: 1 }).waitFor();
    expect(await campus.gateway.call('GET', '/doors/tower')).toMatchObject({ codeWaitS: 45 });
  });

  it('shows the code for another kiosk while one is online, until it is used', async () => {
    await using first = await campus.door('shed', { name: 'Shed' });
    await using at = await ConsolePage.open(campus, '#/doors/shed', { username: 'pam' });
    const { page } = at;
    await page.getByText('Paired and online').waitFor();
    await page.getByRole('button', { name: 'Pair a kiosk' }).click();
    const code = await shownCode(page);
    const second = await pairKiosk(campus, code);
    await page.getByText(code).waitFor({ state: 'detached' });
    await second[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    await page.getByText('No screen is connected').waitFor();
    expect(await page.getByText(code).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Pair a kiosk' }).count()).toBe(1);
  });

  it('is cut off from its kiosk, and saved afterwards: nobody else has changed it', async () => {
    await using kiosk = await campus.door('cellar', { name: 'Cellar' });
    await using at = await ConsolePage.open(campus, '#/doors/cellar', { username: 'cleo' });
    const { page } = at;
    await page.getByLabel('Name').fill('Cellar, east');
    const ended = kiosk.next(({ type }) => type === 'error');
    await page.getByRole('button', { name: 'Cut the kiosk off…' }).click();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Cut it off' }).click();
    await page.getByText('The kiosk was cut off.').waitFor();
    expect(await ended).toMatchObject({ type: 'error' });
    await page.getByText('No screen is connected').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await page.getByText('Someone else has changed').count()).toBe(0);
    expect(await campus.gateway.call('GET', '/doors/cellar')).toMatchObject({
      name: 'Cellar, east',
      hasKiosk: false,
    });
  });

  it('keeps what is typed: it asks before the page is left, and says which number is missing', async () => {
    await campus.gateway.createDoor('attic', { name: 'Attic' });
    await using at = await ConsolePage.open(campus, '#/doors/attic', { username: 'una' });
    const { page } = at;
    await page.getByLabel(WAIT).fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'Type a number.' }).waitFor();
    await page.getByLabel(WAIT).and(page.locator(':focus')).waitFor();
    await page.getByLabel(WAIT).fill('45');
    await page.getByRole('link', { name: 'All doors' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    const stay = question.getByRole('button', { name: 'Stay' });
    await stay.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    expect(await page.getByLabel(WAIT).inputValue()).toBe('45');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByLabel(WAIT).fill('50');
    await page.getByRole('link', { name: 'All doors' }).click();
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Doors', level: 1 }).waitFor();
    expect(await campus.gateway.call('GET', '/doors/attic')).toMatchObject({ codeWaitS: 45 });
  });

  it('shows what its camera sees, only when it is asked', async () => {
    await using kiosk = await campus.door('porch', { name: 'Porch' });
    await using at = await ConsolePage.open(campus, '#/doors/porch', { username: 'cam' });
    const { page } = at;
    const look = page.getByRole('button', { name: 'Look through the camera at Porch' });
    await look.click();
    await page.getByText('No camera at this door is sending pictures now.').waitFor();
    const picture = page.getByRole('img', { name: 'What the camera at Porch saw' });
    expect(await picture.count()).toBe(0);
    await kiosk.standWhile([await emptyFrame()], async () => {
      await expect
        .poll(
          async () => {
            const answered = page.waitForResponse((response) =>
              response.url().endsWith('/picture'),
            );
            await look.click();
            return (await answered).status();
          },
          { timeout: 60_000 },
        )
        .toBe(200);
      await picture.waitFor();
    });
    expect(await at.browser.accessibilityFaults()).toEqual([]);
  });

  it('keeps the question for a test of its lock open where it is refused, and says why', async () => {
    await campus.gateway.createDoor('safe', { name: 'Safe' });
    await using at = await ConsolePage.open(campus, '#/doors/safe', { username: 'tom' });
    const { page } = at;
    await page.getByRole('button', { name: 'Test the lock…' }).click();
    const question = page.getByRole('dialog', { name: 'Open this lock now?' });
    await question.getByLabel('Why it is tested').fill('a new strike');
    await question.getByLabel('Type “Safe” to confirm').fill('Safe');
    await campus.gateway.call('DELETE', '/doors/safe');
    await question.getByRole('button', { name: 'Test the lock', exact: true }).click();
    await question.getByRole('alert').filter({ hasText: 'There is no such door' }).waitFor();
    expect(await question.getByLabel('Why it is tested').inputValue()).toBe('a new strike');
    expect(await at.browser.accessibilityFaults()).toEqual([]);
  });

  it('is removed by who types its id, also where settings are typed that were not saved', async () => {
    await campus.gateway.createDoor('hut', { name: 'Hut' });
    await using at = await ConsolePage.open(campus, '#/doors/hut', { username: 'rex' });
    const { page } = at;
    await page.getByLabel(WAIT).fill('45');
    await page.getByRole('button', { name: 'Remove…' }).click();
    const question = page.getByRole('dialog', { name: 'Remove this door?' });
    const remove = question.getByRole('button', { name: 'Remove the door' });
    await question.getByLabel(/^Type/).fill('Hut');
    expect(await remove.isDisabled()).toBe(true);
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await question.getByLabel(/^Type/).fill('hut');
    await remove.click();
    await page.getByText('The door hut was removed.').waitFor();
    await page.getByRole('heading', { name: 'Doors', level: 1 }).waitFor();
    await expect(campus.gateway.call('GET', '/doors/hut')).rejects.toThrow('LK-DOR-003');
  });
});

/** The code that the page shows for a kiosk. */
async function shownCode(page: Page): Promise<string> {
  const code: Locator = page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return await code.innerText();
}

/** A kiosk at which the code is typed. */
async function pairKiosk(campus: Campus, code: string): Promise<KioskClient> {
  const token = randomBytes(32).toString('base64url');
  const tokenDigest = createHash('sha256').update(token).digest('base64url');
  const url = campus.stack.kioskUrl;
  const response = await fetch(`${url.replace(/^ws/, 'http')}/kiosk/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, tokenDigest }),
  });
  const { door } = (await response.json()) as { door: string };
  return await KioskClient.connect(url, door, token);
}
