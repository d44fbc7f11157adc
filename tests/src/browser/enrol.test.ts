// Real: the whole campus, the console as the gateway serves it, Chromium with a camera that plays a film.
import { join } from 'node:path';
import { asha, Campus, chloe, Refusal } from '@latchkey/demo';
import { emptyFrame, enrolmentSamples, twoPeopleFrame } from '@latchkey/vision/samples';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';
import {
  begin,
  enrolLookalike,
  samples,
  takeByKey,
  takeTheRest,
  typedOf,
} from './enrolling.fixture.js';
import { writeFilm } from './film.fixture.js';

const verdict = (page: Page) => page.locator('output.verdict');

describe('enrolment in the console', { timeout: 400_000 }, () => {
  let campus: Campus;
  let films: { asha: string; chloe: string; two: string; empty: string };

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    const film = (name: string) => join(campus.dataDir, `${name}.mjpeg`);
    films = { asha: film('asha'), chloe: film('chloe'), two: film('two'), empty: film('empty') };
    const two = await twoPeopleFrame(asha.face, chloe.face);
    await writeFilm(films.chloe, [{ frames: await enrolmentSamples(chloe.face), seconds: 4 }]);
    await writeFilm(films.asha, [{ frames: await enrolmentSamples(asha.face), seconds: 4 }]);
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
    await type('Id', 'no spaces');
    await type('E-mail', 'nowhere');
    await page.keyboard.press('Enter');
    // All that is wrong is said at once, and the cursor stands where it begins.
    for (const fault of ['no spaces.', 'Type a name', 'One plain address', 'Without it no face']) {
      await page.getByRole('alert').filter({ hasText: fault }).waitFor();
    }
    await page.getByLabel('Id', { exact: true }).and(page.locator(':focus')).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(chloe.id);
    await type('Name', chloe.name);
    // A look elsewhere loses nothing of it.
    await at.goTo('#/people');
    await page.getByRole('heading', { name: 'Nobody is registered yet' }).waitFor();
    await at.goTo('#/register');
    await page.getByLabel('Id', { exact: true }).and(page.locator(':focus')).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe(chloe.name);
    await type('E-mail', '');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(chloe.email);
    await at.tabTo(page.getByRole('checkbox', { name: /agrees/ }));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');

    await samples(page, 0).waitFor();
    const done = page.getByRole('heading', { name: `${chloe.name} is registered` });
    await takeByKey(page);
    await takeByKey(page);
    await page
      .getByRole('img', { name: /^Sample \d: good$/ })
      .first()
      .waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await takeTheRest(page);
    await done.and(page.locator(':focus')).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    expect((await campus.codeMail(chloe.email)).to).toEqual([chloe.email]);
    await page.getByText('Mailed').waitFor();

    await at.tabTo(page.getByRole('link', { name: 'Show everybody' }));
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Chloé Martin.*Registered.*Mailed/ }).waitFor();
    await at.tabTo(page.getByRole('link', { name: chloe.name }));
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Consent' }).getByText('mira').waitFor();
    await page.getByText(`${chloe.name} was registered`).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    expect(browser.faults.filter((fault) => !/status of (401|422)/.test(fault))).toEqual([]);
  });

  it('leaves nothing when Q quits it in the middle, neither in the registry nor in the form', async () => {
    const facts = { username: 'quentin', film: films.chloe };
    await using at = await ConsolePage.open(campus, '#/register', facts);
    const { page } = at;
    await begin(page, 'dora');
    await takeByKey(page);
    await page.keyboard.press('q');
    await page.getByText('nothing of it is stored').waitFor();
    expect(await isStored('dora')).toBe(false);
    expect(await typedOf(page)).toEqual(['', '', '']);
    await page.getByRole('link', { name: 'Doors' }).click();
    await page.getByRole('link', { name: 'Registration' }).click();
    expect(await typedOf(page)).toEqual(['', '', '']);
    await at.goTo('#/people?q=dora');
    await page.getByRole('heading', { name: 'Nobody matches that' }).waitFor();
  });

  it('asks before it is left by a link, and gives up what is left', async () => {
    const facts = { username: 'lea', film: films.chloe, theme: 'dark' } as const;
    await using at = await ConsolePage.open(campus, '#/register', facts);
    const { page, browser } = at;
    await begin(page, 'eve');
    const leave = () => page.getByRole('link', { name: 'Doors' }).click();
    await leave();
    const question = page.getByRole('dialog', { name: 'Leave the registration?' });
    const goOn = question.getByRole('button', { name: 'Go on with it' });
    await goOn.and(page.locator(':focus')).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await isStored('eve')).toBe(true);
    await leave();
    await question.getByRole('button', { name: 'Leave and give it up' }).click();
    await page.getByRole('heading', { name: 'Doors' }).waitFor();
    expect(await isStored('eve')).toBe(false);
  });

  it('says of each picture why it is not kept and what to do, and that none came through without a connection', async () => {
    const facts = { username: 'otto', film: films.two, size: { width: 390, height: 844 } };
    await using at = await ConsolePage.open(campus, '#/register', facts);
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
    await using at = await ConsolePage.open(campus, '#/register', facts);
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
    await page.getByRole('link', { name: 'Register now' }).click();
    await page.getByText('Acepto que se guarden').waitFor();
    await page.getByRole('button', { name: 'On to the camera' }).click();
    await page.getByText('Without it no face is taken').waitFor();
    await page.getByRole('checkbox', { name: /agrees/ }).check();
    await page.getByRole('button', { name: 'On to the camera' }).click();
    await samples(page, 0).waitFor();
    await page.keyboard.press('q');
    await page.getByRole('link', { name: 'Register now' }).waitFor();
    const hana = await campus.gateway.call('GET', '/people/hana');
    expect(hana).toMatchObject({ state: 'listed', samples: 0, consent: null });
  });

  it('says of whom somebody new looks much like, and leads there', async () => {
    await enrolLookalike(campus, 'zoe', asha.face);
    const facts = { username: 'nora', film: films.asha };
    await using at = await ConsolePage.open(campus, '#/register', facts);
    const { page, browser } = at;
    await begin(page, asha.id);
    await takeTheRest(page);
    await page.getByRole('heading', { name: `Name of ${asha.id} is registered` }).waitFor();
    await page.getByText('looks much like somebody who is registered').waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'Name of zoe' }).click();
    await page.getByRole('heading', { name: 'Name of zoe' }).waitFor();
  });

  it('says once that a face is registered already, leads to whose it is, and blames no picture', async () => {
    const facts = { username: 'rosa', film: films.asha };
    await using at = await ConsolePage.open(campus, '#/register', facts);
    const { page, browser } = at;
    await page.getByLabel('Id', { exact: true }).fill(asha.id);
    await page.getByLabel('Name').fill('Somebody');
    await page.getByLabel('E-mail').fill('somebody@campus.example');
    await page.getByRole('checkbox', { name: /agrees/ }).check();
    await page.getByRole('button', { name: 'On to the camera' }).click();
    const fault = page.getByRole('alert').filter({ hasText: 'is taken.' });
    expect((await fault.innerText()).match(/another id/gi)).toHaveLength(1);
    await begin(page, 'twice');
    await takeTheRest(page, () => page.getByText('This face is registered already.').isVisible());
    const notice = page.getByRole('alert').filter({ hasText: 'This face is registered already.' });
    await notice.getByText(`(${asha.id})`).waitFor();
    await verdict(page).getByText('Not kept').waitFor();
    expect(await page.getByText('Not good').count()).toBe(0);
    expect(await page.getByText(/enrolled/).count()).toBe(0);
    expect(await browser.accessibilityFaults()).toEqual([]);
    await notice.getByRole('link', { name: `Name of ${asha.id}` }).click();
    await page
      .getByRole('dialog', { name: 'Leave the registration?' })
      .getByRole('button', { name: 'Leave and give it up' })
      .click();
    await page.getByRole('heading', { name: `Name of ${asha.id}` }).waitFor();
  });
});
