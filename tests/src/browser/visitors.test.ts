// Real: the whole campus, the console as the gateway serves it, Chromium. Who stands at the doors is played by kiosk programs.
import { join } from 'node:path';
import { objectStores } from '@latchkey/contracts';
import { Campus, type KioskClient, leave, look, sampleFace, stranger } from '@latchkey/demo';
import { openObjects } from '@latchkey/runtime';
import { enrolmentSamples, type SamplePerson } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';
import { begin, takeTheRest, typedOf } from './enrolling.fixture.js';
import { writeFilm } from './film.fixture.js';

describe('visitors in the console', { timeout: 120_000 }, () => {
  let campus: Campus;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start({ env: { LK_VISITOR_LIKENESS: 'on' } });
    await using hall = await campus.door('hall', { name: 'Hall' });
    await using yard = await campus.door('yard', { name: 'Yard' });
    await turnedAway(hall, stranger);
    await leave(hall);
    await turnedAway(hall, sampleFace('sample1@413'));
    await turnedAway(yard, stranger);
  }, 180_000);
  afterAll(() => campus.close());

  it('are told to have been seen before, with the photographs to compare', async () => {
    const facts = { username: 'gita', role: 'guard' } as const;
    await using at = await ConsolePage.open(campus, '#/visitors', facts);
    const { page, browser } = at;
    const seen = page.getByText('Seen 2 times at 2 doors');
    await seen.waitFor({ timeout: 30_000 });
    await page.getByText('Not seen before').waitFor({ timeout: 30_000 });
    await at.tabTo(seen);
    await page.keyboard.press('Enter');
    const before = page.locator('details.seen-before').first();
    await expect.poll(() => before.getByRole('img').count(), { timeout: 30_000 }).toBe(2);
    await before.getByRole('link', { name: 'Yard' }).waitFor();
    await before.getByRole('link', { name: 'Hall' }).waitFor();
    await page.getByText('for 7 days').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
  });

  it('stand together where they come to one door, the newest before all, and are opened to see each', async () => {
    const facts = { username: 'hugo', role: 'guard' } as const;
    await using at = await ConsolePage.open(campus, '#/', facts);
    const { page, browser } = at;
    const groups = page
      .getByRole('region', { name: 'Needs somebody' })
      .getByRole('listitem')
      .filter({ hasText: 'Unknown visitor' });
    await expect
      .poll(() => groups.allInnerTexts(), { timeout: 30_000 })
      .toMatchObject([
        expect.stringContaining('Yard'),
        expect.stringMatching(/Hall\s+2 times, last /),
      ]);
    await page.getByRole('link', { name: 'See all 3' }).click();
    const hall = page.getByRole('listitem').filter({ hasText: '2 times, last ' });
    const pictures = hall.getByRole('img', { name: 'Who stood at Hall' });
    await expect.poll(() => pictures.count(), { timeout: 30_000 }).toBe(1);
    await at.tabTo(hall.getByText('Each of these 2'));
    await page.keyboard.press('Enter');
    await expect.poll(() => pictures.count(), { timeout: 30_000 }).toBe(3);
    await hall.getByText('Seen 2 times at 2 doors').waitFor({ timeout: 30_000 });
    expect(await hall.getByRole('button', { name: 'Acknowledge', exact: true }).count()).toBe(2);
    expect(await browser.accessibilityFaults()).toEqual([]);
  });

  it('are registered from there, beside their photograph, and seen to by it', async () => {
    const film = join(campus.dataDir, 'stranger.mjpeg');
    await writeFilm(film, [{ frames: await enrolmentSamples(stranger), seconds: 20 }]);
    await using at = await ConsolePage.open(campus, '#/visitors', { username: 'nora', film });
    const { page, browser } = at;
    const card = page.getByRole('listitem').filter({ hasText: 'recognised at Yard' });
    // What was typed of somebody else is not offered for the visitor.
    await page.getByRole('link', { name: 'Registration' }).click();
    await page.getByLabel('Name').fill('Somebody Else');
    await page.getByRole('link', { name: 'Visitors' }).click();
    await card.getByRole('link', { name: 'Register this person' }).click();
    const aside = page.getByRole('complementary', { name: 'The visitor' });
    await aside.getByRole('heading', { name: /^Registering the visitor seen at Yard, / }).waitFor();
    await aside.getByRole('img', { name: 'Who stood at Yard' }).waitFor();
    await aside.getByText('It is no sample').waitFor();
    expect(await typedOf(page)).toEqual(['', '', '']);
    expect(await browser.accessibilityFaults()).toEqual([]);
    await begin(page, 'visi');
    await aside.getByRole('img', { name: 'Who stood at Yard' }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await takeTheRest(page);
    await page.getByText('The visitor is seen to: registered as visi.').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'Back to the visitors' }).click();
    await page.getByLabel('Seen to').selectOption('acknowledged');
    const seen = page.getByRole('listitem').filter({ hasText: 'Registered as' });
    await seen.getByRole('link', { name: 'Name of visi' }).waitFor();
    expect(await seen.getByRole('link', { name: 'Register this person' }).count()).toBe(0);
    // Registered, they are compared with no stranger any more; forgotten, they take the photograph along.
    const all = await alertsOf(campus);
    const [mine] = all.filter(({ acknowledged }) => acknowledged?.person === 'visi');
    const ids = all.map(({ id }) => id).join();
    const { visitors } = await campus.gateway.call<{ visitors: { times: number }[] }>(
      'GET',
      `/visitors/likeness?alerts=${ids}`,
    );
    expect(visitors.map(({ times }) => times)).toEqual([1]);
    await campus.gateway.picture(`/evidence/${mine?.evidence}`);
    await campus.gateway.call('DELETE', '/people/visi');
    await expect
      .poll(() => campus.gateway.picture(`/evidence/${mine?.evidence}`).catch(String), {
        timeout: 20_000,
      })
      .toContain('LK-EVD-001');
  });

  it('whose photograph did not come are not said to have none, and it is shown once it does', async () => {
    await using at = await ConsolePage.open(campus, '#/people', { username: 'pia' });
    const { page } = at;
    await page.route(/\/evidence\//, (route) => route.abort());
    await at.goTo('#/visitors');
    await page.getByText('The photograph could not be loaded.').first().waitFor();
    expect(await page.getByText('The photograph is no longer kept.').count()).toBe(0);
    await page.unroute(/\/evidence\//);
    await page.getByRole('img', { name: 'Who stood at' }).first().waitFor();
    await page
      .getByText('The photograph could not be loaded.')
      .first()
      .waitFor({ state: 'detached' });
  });

  it('whose photograph has expired are said to have none, in a sentence', async () => {
    const bus = await connectAsAdmin(campus.stack.broker.url, campus.stack.keysDir);
    const [one] = (await alertsOf(campus)).filter(({ door }) => door === 'hall');
    await (await openObjects(bus, objectStores.evidence)).delete(one?.evidence ?? '');
    await bus.close();
    const place = `#/register?visitor=${encodeURIComponent(one?.id ?? '')}`;
    await using at = await ConsolePage.open(campus, place, { username: 'olga' });
    const aside = at.page.getByRole('complementary', { name: 'The visitor' });
    await aside.getByText('The photograph is no longer kept.').waitFor();
    await at.goTo('#/register?visitor=nobody');
    await aside.getByText('The visitor is no longer known').waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
  });

  it('are acknowledged together, with one note, by keyboard alone', async () => {
    const facts = { username: 'ida', role: 'guard', size: { width: 390, height: 844 } } as const;
    await using at = await ConsolePage.open(campus, '#/visitors', facts);
    const { page, browser } = at;
    const hall = page.getByRole('listitem').filter({ hasText: '2 times, last ' });
    await at.tabTo(hall.getByLabel('What was found'));
    await page.keyboard.type('a class that visits');
    await at.tabTo(hall.getByRole('button', { name: 'Acknowledge all 2' }));
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('All 2 are acknowledged.').waitFor();
    await hall.waitFor({ state: 'detached' });
    const seen = (await alertsOf(campus)).filter(({ door }) => door === 'hall');
    const mine = { by: 'ida', note: 'a class that visits' };
    expect(seen.map(({ acknowledged }) => acknowledged)).toMatchObject([mine, mine]);
  });
});

/** A stranger looks at a door. @throws Error where it takes them for anything else */
async function turnedAway(door: KioskClient, face: SamplePerson): Promise<void> {
  const outcome = await look(door, face);
  if (outcome !== 'denied (unknown)') throw new Error(`expected a stranger; ${outcome}`);
}

interface AlertAnswer {
  readonly id: string;
  readonly door: string;
  readonly evidence: string;
  readonly acknowledged: { readonly person: string | null } | null;
}

async function alertsOf(campus: Campus): Promise<readonly AlertAnswer[]> {
  const path = '/alerts?kind=visitor';
  return (await campus.gateway.call<{ alerts: AlertAnswer[] }>('GET', path)).alerts;
}
