// Real: the whole campus, the console as the gateway serves it, Chromium with a camera that plays a film.
import { join } from 'node:path';
import { asha, Campus, chloe, Refusal } from '@latchkey/demo';
import { emptyFrame, enrolmentSamples, twoPeopleFrame } from '@latchkey/vision/samples';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';
import { writeFilm } from './film.fixture.js';

const SAMPLES = 5;
/** More than five: in a frame of a film somebody may look blurred to the models. */
const TAKES_AT_MOST = 12;

const verdict = (page: Page) => page.locator('output.verdict');
const samples = (page: Page, count: number) =>
  page.getByRole('heading', { name: `${count} of 5 samples` });

/** Presses S, and waits until the picture is judged. @returns how many samples are kept; undefined: this one isn't */
async function takeByKey(page: Page): Promise<number | undefined> {
  await page.locator('button[aria-disabled="false"]', { hasText: 'Take a sample' }).waitFor();
  const judged = page.waitForResponse((response) => response.url().endsWith('/samples'));
  await page.keyboard.press('s');
  const answer = (await (await judged).json()) as { samples?: number };
  return answer.samples;
}

/** Says who it is and that they agree, and goes on to the camera. */
async function begin(page: Page, id: string): Promise<void> {
  await page.getByLabel('Id', { exact: true }).fill(id);
  await page.getByLabel('Name').fill(`Name of ${id}`);
  await page.getByLabel('E-mail').fill(`${id}@campus.example`);
  await page.getByRole('checkbox', { name: /agrees/ }).check();
  await page.getByRole('button', { name: 'On to the camera' }).click();
  await samples(page, 0).waitFor();
}

describe('enrolment in the console', { timeout: 400_000 }, () => {
  let campus: Campus;
  let films: { chloe: string; two: string; empty: string };

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    const film = (name: string) => join(campus.dataDir, `${name}.mjpeg`);
    films = { chloe: film('chloe'), two: film('two'), empty: film('empty') };
    const two = await twoPeopleFrame(asha.face, chloe.face);
    await writeFilm(films.chloe, [{ frames: await enrolmentSamples(chloe.face), seconds: 4 }]);
    await writeFilm(films.two, [{ frames: [two], seconds: 1 }]);
    await writeFilm(films.empty, [{ frames: [await emptyFrame()], seconds: 1 }]);
  }, 180_000);
  afterAll(() => campus.close());

  const isStored = async (id: string) =>
    campus.gateway.call('GET', `/people/${id}`).then(
      () => true,
      (error: unknown) => !(error instanceof Refusal && error.status === 404),
    );

  it('needs no mouse: S takes five samples, the person is listed at once and gets the code by mail', async () => {
    await using at = await ConsolePage.open(campus, '#/people', {
      username: 'mira',
      role: 'enroller',
      film: films.chloe,
    });
    const { page, browser } = at;
    const type = async (label: string, text: string) => {
      await at.tabTo(page.getByLabel(label, { exact: true }));
      await page.keyboard.type(text);
    };
    await page.getByRole('heading', { name: 'Nobody is registered yet' }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await at.tabTo(page.getByRole('link', { name: 'Register somebody' }).first());
    await page.keyboard.press('Enter');
    await type('Id', chloe.id);
    await type('Name', chloe.name);
    await type('E-mail', 'nowhere');
    await at.tabTo(page.getByRole('checkbox', { name: /agrees/ }));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('One plain address').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    expect(await page.getByLabel('Name').inputValue()).toBe(chloe.name);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(chloe.email);
    await page.keyboard.press('Enter');

    await samples(page, 0).waitFor();
    const done = page.getByRole('heading', { name: `${chloe.name} is registered` });
    await takeByKey(page);
    await takeByKey(page);
    await page
      .getByRole('img', { name: /^Sample \d: kept$/ })
      .first()
      .waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    for (let takes = 2; takes < TAKES_AT_MOST; takes++) {
      if ((await takeByKey(page)) === SAMPLES) break;
    }
    await done.and(page.locator(':focus')).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    expect((await campus.codeMail(chloe.email)).to).toEqual([chloe.email]);
    await page.getByText('Mailed').waitFor();

    await at.tabTo(page.getByRole('link', { name: 'Show everybody' }));
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Chloé Martin.*Enrolled.*Mailed/ }).waitFor();
    await at.tabTo(page.getByRole('link', { name: chloe.name }));
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Consent' }).getByText('mira').waitFor();
    await page.getByText(`${chloe.name} was registered`).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    expect(browser.faults.filter((fault) => !/status of (401|422)/.test(fault))).toEqual([]);
  });

  it('leaves nothing when Q quits it in the middle, and what was typed is there for another try', async () => {
    const facts = { username: 'quentin', film: films.chloe };
    await using at = await ConsolePage.open(campus, '#/enrol', facts);
    const { page } = at;
    await begin(page, 'dora');
    await takeByKey(page);
    await page.keyboard.press('q');
    await page.getByText('nothing of it is stored').waitFor();
    expect(await isStored('dora')).toBe(false);
    expect(await page.getByLabel('Name').inputValue()).toBe('Name of dora');
    await at.goTo('#/people?q=dora');
    await page.getByRole('heading', { name: 'Nobody matches that' }).waitFor();
  });

  it('asks before it is left by a link, and gives up what is left', async () => {
    const facts = { username: 'lea', film: films.chloe, theme: 'dark' } as const;
    await using at = await ConsolePage.open(campus, '#/enrol', facts);
    const { page, browser } = at;
    await begin(page, 'eve');
    const leave = () => page.getByRole('link', { name: 'Doors' }).click();
    await leave();
    await page.getByRole('dialog', { name: 'Leave the registration?' }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await isStored('eve')).toBe(true);
    await leave();
    await page.getByRole('button', { name: 'Leave and give it up' }).click();
    await page.getByRole('heading', { name: 'Doors' }).waitFor();
    expect(await isStored('eve')).toBe(false);
  });

  it('says of each picture why it is not kept and what to do, and that none came through without a connection', async () => {
    const facts = { username: 'otto', film: films.two, size: { width: 390, height: 844 } };
    await using at = await ConsolePage.open(campus, '#/enrol', facts);
    const { page, browser } = at;
    await begin(page, 'fay');
    await takeByKey(page);
    await verdict(page).getByText('There is more than one face').waitFor();
    await verdict(page).getByText('Be alone in the picture').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await browser.context.setOffline(true);
    await page.keyboard.press('s');
    await verdict(page).getByText('Latchkey could not be reached').waitFor();
    await browser.context.setOffline(false);
    await takeByKey(page);
    await verdict(page).getByText('Be alone in the picture').waitFor();
    await samples(page, 0).waitFor();
    await page.keyboard.press('q');
    await page.getByText('nothing of it is stored').waitFor();
  });

  it('says that the camera is refused, and goes on once it is allowed', async () => {
    const facts = { username: 'cato', film: films.empty, camera: 'asks' } as const;
    await using at = await ConsolePage.open(campus, '#/enrol', facts);
    const { page, browser } = at;
    await begin(page, 'gil');
    await page.getByText('The camera is not allowed').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await browser.context.grantPermissions(['camera']);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('video').waitFor();
    await takeByKey(page);
    await verdict(page).getByText('There is no face').waitFor();
    await page.keyboard.press('q');
    await page.getByText('nothing of it is stored').waitFor();
  });

  it('takes on somebody from an imported list, and lists them as before when it is quit', async () => {
    const csv = 'id,name,email,language\nhana,Hana Mori,hana@campus.example,es\n';
    await campus.gateway.call('POST', '/people/import', { csv, commit: true });
    const facts = { username: 'ines', film: films.chloe };
    await using at = await ConsolePage.open(campus, '#/people/hana', facts);
    const { page } = at;
    await page.getByRole('link', { name: 'Enrol now' }).click();
    await page.getByText('Acepto que se guarden').waitFor();
    await page.getByRole('button', { name: 'On to the camera' }).click();
    await page.getByText('Without it no face is taken').waitFor();
    await page.getByRole('checkbox', { name: /agrees/ }).check();
    await page.getByRole('button', { name: 'On to the camera' }).click();
    await samples(page, 0).waitFor();
    await page.keyboard.press('q');
    await page.getByRole('link', { name: 'Enrol now' }).waitFor();
    const hana = await campus.gateway.call('GET', '/people/hana');
    expect(hana).toMatchObject({ state: 'listed', samples: 0, consent: null });
  });
});
