// Real: the whole campus, its mail, two browsers: the operator's, and the door's with a camera that plays a film.
import { join } from 'node:path';
import { accessGranted } from '@latchkey/contracts';
import { asha, ben, Campus, codePictureOf, holdingUp, looksOf, stranger } from '@latchkey/demo';
import { emptyFrame, enrolmentSamples } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { DoorPage } from './door-page.fixture.js';
import { type Stretch, writeFilm } from './film.fixture.js';

const PASSWORD = 'correct horse battery';
const WRONG_CODES = 5;
/** A code is put away for longer than a showing may be unseen, so that the next one counts as another. */
const AWAY_S = 2.5;
const HELD_S = 1.5;

/** A story in steps, each of which needs those before it. */
describe('from the first administrator to the open door, in browsers alone', {
  timeout: 240_000,
}, () => {
  let campus: Campus;
  let film: string;
  let samples: string;
  let operator: TestBrowser;
  let door: DoorPage;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    film = join(campus.dataDir, 'door.mjpeg');
    samples = join(campus.dataDir, 'samples.mjpeg');
    await writeFilm(film, [{ frames: [await emptyFrame()], seconds: 1 }]);
    await writeFilm(samples, [{ frames: await enrolmentSamples(asha.face), seconds: 4 }]);
    operator = await TestBrowser.open({ film: samples });
    door = await DoorPage.open(campus.stack.kioskUrl, { film });
  }, 180_000);
  afterAll(async () => {
    await door?.close();
    await operator?.close();
    await campus?.close();
  });

  const goTo = (place: string) => operator.page.goto(`${campus.stack.gatewayUrl}/${place}`);
  /** The door's camera sees something else from now on: it reads its film when the page is opened. */
  const plays = async (stretches: readonly Stretch[]): Promise<void> => {
    await writeFilm(film, stretches);
    await door.page.reload();
  };
  const codeOfAsha = async (nth: number) => codePictureOf(await campus.codeMail(asha.email, nth));

  it('the first start’s link makes the first administrator', async () => {
    const { page } = operator;
    await page.goto((await campus.stack.firstAdminLink()) ?? '');
    await page.getByLabel('Your name').fill('Mira Stein');
    await page.getByLabel('Username').fill('mira');
    await page.getByLabel('Password').fill('short');
    await page.keyboard.press('Enter');
    await page.getByText('A password has 12 to 200 characters').waitFor();
    await page.locator(':focus').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'No door yet' }).waitFor();
    expect(await operator.accessibilityFaults()).toEqual([]);
  });

  it('a door is added, and its screen is paired by the code that the console shows', async () => {
    const { page } = operator;
    await page.getByRole('link', { name: 'Add the first door' }).click();
    await page.getByLabel('Name').fill('Library, north door');
    await page.getByRole('button', { name: 'Add the door' }).click();
    await page.getByRole('button', { name: 'Pair a kiosk' }).click();
    const code = await page.locator('output', { hasText: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/ }).innerText();
    await door.says('Which door is this?');
    await door.page.getByLabel('Pairing code').fill(code);
    await door.page.keyboard.press('Enter');
    await door.says('Look at the camera');
    await goTo('#/');
    const tile = page.getByRole('list', { name: 'Doors' }).getByRole('listitem');
    await tile.getByText('1 kiosk').waitFor();
    await expect.poll(() => tile.innerText(), { timeout: 30_000 }).toContain('Waiting');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'A screen was paired' })
      .getByText('Library, north door')
      .waitFor();
  });

  it('a person is registered with five samples by the key S, and gets the first code by mail', async () => {
    const { page } = operator;
    await goTo('#/register');
    await page.getByLabel('Id', { exact: true }).fill(asha.id);
    await page.getByLabel('Name').fill(asha.name);
    await page.getByLabel('E-mail').fill(asha.email);
    await page.getByRole('checkbox', { name: /agrees/ }).check();
    await page.getByRole('button', { name: 'On to the camera' }).click();
    const done = page.getByRole('heading', { name: `${asha.name} is registered` });
    const ready = page.locator('button[aria-disabled="false"]', { hasText: 'Take a sample' });
    while ((await done.count()) === 0) {
      await ready.or(done).first().waitFor();
      if ((await done.count()) > 0) break;
      const judged = page.waitForResponse((response) => response.url().endsWith('/samples'));
      await page.keyboard.press('s');
      const { status } = (await (await judged).json()) as { samples?: number; status?: number };
      if (status === undefined && (await page.getByText('5 of 5 samples').count()) > 0) break;
    }
    await done.waitFor();
    expect((await campus.codeMail(asha.email)).to).toEqual([asha.email]);
    await page.getByRole('link', { name: 'Show the mail' }).click();
    await page.getByRole('button', { name: 'Enlarge the code' }).press('Enter');
    const large = page.getByRole('dialog').getByRole('img', { name: /^Attached/ });
    // It is as large as that only once it is drawn.
    const heightOf = async () => (await large.boundingBox())?.height;
    await expect.poll(heightOf, { timeout: 30_000 }).toBeGreaterThan(500);
    expect(await operator.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
    await goTo('#/messages');
    await page
      .getByRole('row', { name: /The first code/ })
      .getByRole('link', { name: 'Show the mail' })
      .click();
    await page.getByRole('heading', { name: /your first entry code/ }).waitFor();
  });

  it('who looks and shows the code from the mail comes in, and the next code is mailed', async () => {
    const looks = await looksOf(asha.face);
    const empty = [await emptyFrame()];
    await plays([
      { frames: empty, seconds: 6 }, // until a slow browser has drawn the page: what it says is gone in ten seconds
      { frames: looks, seconds: 6 },
      { frames: await holdingUp(await codeOfAsha(1), looks), seconds: 20 },
      { frames: empty, seconds: 30 },
    ]);
    await door.says('Welcome, Asha Rao. Show the QR code you have');
    await door.says('ACCESS GRANTED');
    await campus.codeMail(asha.email, 2);
    const granted = campus.bus.heard.filter(
      ({ subject, event }) =>
        event.type === accessGranted.type && subject.startsWith('lk.v1.access.'),
    );
    expect(granted).toHaveLength(1);
    await goTo('#/');
    await operator.page.getByRole('listitem').getByText('Asha Rao entered').first().waitFor();
  });

  it('a stranger is denied, and appears in the console with a photograph', async () => {
    await plays([{ frames: await looksOf(stranger), seconds: 20 }]);
    await door.says('ACCESS DENIED – not recognised');
    await goTo('#/visitors');
    // The film goes on: on a slow machine they have come back by now.
    const photographs = operator.page.getByRole('img', {
      name: /Who stood at Library, north door/,
    });
    await photographs.first().waitFor();
    expect(await operator.accessibilityFaults()).toEqual([]);
  });

  it('another’s code with one’s own face is denied', async () => {
    await campus.register(ben);
    const looks = await looksOf(ben.face);
    await plays([
      { frames: [await emptyFrame()], seconds: 4 },
      { frames: looks, seconds: 6 },
      { frames: await holdingUp(await codeOfAsha(2), looks), seconds: 20 },
    ]);
    await door.says('ACCESS DENIED – face and code are of different people');
    const warned = await campus.mail.waitFor(
      ({ to, subject }) => to.includes(ben.email) && /wrong code as you/i.test(subject),
      60_000,
    );
    expect(warned.to).toEqual([ben.email]);
  });

  it('five wrong codes end it, and lock the person there', async () => {
    const looks = await looksOf(asha.face);
    // The first code was used up, so it is as wrong as any other.
    const held = await holdingUp(await codeOfAsha(1), looks);
    const showing: Stretch[] = [
      { frames: held, seconds: HELD_S },
      { frames: looks, seconds: AWAY_S },
    ];
    const showings = Array.from({ length: WRONG_CODES }, () => showing).flat();
    await plays([
      { frames: [await emptyFrame()], seconds: 4 },
      { frames: looks, seconds: 4 },
      ...showings,
    ]);
    await door.says(
      'That is not your latest code. Show the QR code from your latest mail',
      150_000,
    );
    await door.page.getByText(/^\d (try|tries) left$/).waitFor();
    // One that a slow machine missed comes again: the film is played over and over.
    await door.says(/^ACCESS DENIED – (wrong code|locked)/, 150_000);
    await door.page.getByText(/^Try again after \d+:\d\d/).waitFor();
    await goTo(`#/people/${asha.id}`);
    await operator.page.getByText(/lock/i).first().waitFor();
    expect(operator.faults.filter((fault) => !/status of (401|422)/.test(fault))).toEqual([]);
  });
});
