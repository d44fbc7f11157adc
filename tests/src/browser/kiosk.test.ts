// Real: the whole campus, Chromium with a camera that plays a film. Nothing is played by the test but the person.
import { join } from 'node:path';
import {
  asha,
  ben,
  Campus,
  chloe,
  codePictureOf,
  holdingUp,
  looksOf,
  stranger,
} from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { DoorPage, placeAt } from './door-page.fixture.js';
import { tooNear, withBlinds, writeFilm } from './film.fixture.js';
import { adviceOf, countNotes, keepAdvice, notesOf } from './kiosk-parts.fixture.js';
import { LateLine } from './late-line.fixture.js';

/** No box is of an older picture. */
const OVERLAY_MAX_AGE_MS = 250;
/** A door waits for so long for a code where it was told nothing else. */
const CODE_WAIT_S = 30;
/** How much of the ring is gone, 0..1, and the seconds in it. */
const RING = `(() => {
  const [emptying] = document.querySelector('.ring-left').getAnimations();
  return [emptying.effect.getComputedTiming().progress, Number(document.querySelector('.ring > span').textContent)];
})()`;

describe('the door’s screen', { timeout: 400_000 }, () => {
  let campus: Campus;
  let films: { entry: string; stranger: string };

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    await campus.register(asha);
    const code = codePictureOf(await campus.codeMail(asha.email));
    const [looks, empty] = await Promise.all([looksOf(asha.face), emptyFrame()]);
    const film = (name: string) => join(campus.dataDir, `${name}.mjpeg`);
    films = { entry: film('entry'), stranger: film('stranger') };
    await writeFilm(films.entry, [
      { frames: [empty], seconds: 2 },
      { frames: looks, seconds: 6 },
      { frames: await holdingUp(code, looks), seconds: 20 },
      { frames: [empty], seconds: 10 },
    ]);
    await writeFilm(films.stranger, [{ frames: await looksOf(stranger), seconds: 20 }]);
  }, 180_000);
  afterAll(() => campus.close());

  const at = (door: string) => placeAt(campus, door);
  const url = () => campus.stack.kioskUrl;

  it('is paired by the code of its door, and lets a person in who looks and shows the code', async () => {
    await campus.gateway.createDoor('library', { name: 'Library, north door' });
    const { code } = await campus.gateway.call<{ code: string }>('POST', '/doors/library/pairing');
    await using door = await DoorPage.open(url(), { film: films.entry });
    const { page } = door;
    await door.says('Which door is this?');
    const field = page.getByLabel('Pairing code');
    await field.fill('0000-0000');
    await page.getByRole('button', { name: 'Pair' }).click();
    await page.getByText('This code is not valid').waitFor();
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    expect(await field.inputValue()).toBe('0000-0000');
    await field.fill(code.toLowerCase());
    await field.press('Enter');
    await page.getByText('Library, north door').waitFor();

    await door.says(/^Look at the camera/);
    expect(await page.locator('body').innerText()).not.toContain('Asha');
    await door.says('Welcome, Asha Rao. Show the QR code you have');
    await page.getByRole('button', { name: 'I have no code' }).waitFor();
    await door.says('ACCESS GRANTED');
    await door.says('Look at the camera');
    expect(await page.locator('body').innerText()).not.toContain('Asha');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    expect(door.browser.faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    expect(await door.browser.appFaults()).toEqual([]);
  });

  it('speaks the browser’s language, and a person’s own once they are recognised; cancelled by keyboard', async () => {
    await campus.register({ ...chloe, language: 'es' });
    const film = join(campus.dataDir, 'looks.mjpeg');
    await writeFilm(film, [
      { frames: [await emptyFrame()], seconds: 3 },
      { frames: await looksOf(chloe.face), seconds: 60 },
    ]);
    await using door = await DoorPage.open(
      url(),
      { film, locale: 'hi-IN', theme: 'dark', size: { width: 390, height: 844 } },
      await at('gate'),
    );
    await door.says(/कैमरे/);
    await door.says('Hola, Chloé Martin. Muestre su código QR');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await door.page.getByRole('button', { name: 'Cancelar' }).focus();
    await door.page.keyboard.press('Enter');
    await door.says('Hasta luego');
    // To look goes on with nothing for as long as somebody stays.
    await door.page.getByText('Apártese de la cámara.').waitFor();
  });

  it('denies a stranger, and says so without colour alone', async () => {
    await using door = await DoorPage.open(
      url(),
      { film: films.stranger, size: { width: 820, height: 1180 } },
      await at('hall'),
    );
    await door.says('ACCESS DENIED – not recognised');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
  });

  it('draws no box of where somebody was: what comes late is not drawn', async () => {
    let line: LateLine | undefined;
    const before = async (page: Page) => {
      line = await LateLine.before(page);
      line.lateMs = 2 * OVERLAY_MAX_AGE_MS;
    };
    await using door = await DoorPage.open(
      url(),
      { film: films.stranger },
      await at('late'),
      before,
    );
    await door.says('ACCESS DENIED – not recognised');
    if (!line) throw new Error('the line was not laid');
    expect(await line.until('heard', 5)).toMatchObject({ lines: 0 });
    line.lateMs = 0;
    await line.until('lines', 1);
  });

  it('mails a new code to who has none; a ring that is drawn anew goes on where the wait is', async () => {
    const film = join(campus.dataDir, 'no-code.mjpeg');
    await campus.register(ben);
    const looks = await looksOf(ben.face);
    await writeFilm(film, [{ frames: await withBlinds(looks), seconds: 60 }]);
    await using door = await DoorPage.open(url(), { film }, await at('annex'), keepAdvice);
    const { page } = door;
    await door.says('Welcome, Ben Okafor. Show the QR code you have');
    await page.getByRole('button', { name: 'I have no code' }).click();
    await door.says('A new code is on its way by mail');
    await page.getByText('A new code was sent').waitFor();
    expect(await page.getByRole('button', { name: 'I have no code' }).count()).toBe(0);
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    const code = codePictureOf(await campus.codeMail(ben.email, 2));

    await page.locator('.ring > span', { hasText: /^(2[0-2]|1?\d)$/ }).waitFor();
    // The blinds beside him are bright and full of edges, and no code.
    expect((await adviceOf(page)).filter((advice) => /the code/i.test(advice))).toEqual([]);
    await page.reload();
    await page.locator('.ring').waitFor();
    const [over = 0, leftS = 0] = await page.evaluate<number[]>(RING);
    expect(over).toBeGreaterThan(0.1);
    expect(Math.abs(over - (1 - leftS / CODE_WAIT_S))).toBeLessThan(0.1);

    const away = { frames: [await emptyFrame()], seconds: 6 };
    await writeFilm(film, [
      away,
      { frames: looks, seconds: 6 },
      { frames: await holdingUp(code, looks), seconds: 20 },
      away,
    ]);
    await page.reload();
    await door.says('ACCESS GRANTED');
  });

  it('says why a code that is held up cannot be read', async () => {
    const film = join(campus.dataDir, 'near.mjpeg');
    const code = codePictureOf(await campus.codeMail(asha.email));
    const looks = await looksOf(asha.face);
    const near = { frames: await tooNear(code, looks), seconds: 60 };
    await writeFilm(film, [{ frames: looks, seconds: 6 }, near]);
    await using door = await DoorPage.open(url(), { film }, await at('attic'));
    await door.says('Welcome, Asha Rao. Show the QR code you have');
    await door.page.getByText('The code is too near. Hold it further away').waitFor();
    expect(await door.browser.accessibilityFaults()).toEqual([]);
  });

  it('sounds, unless it was switched off on this device, and fills the screen', async () => {
    await using door = await DoorPage.open(
      url(),
      { film: films.stranger },
      await at('porch'),
      countNotes,
    );
    const { page } = door;
    const sound = page.getByRole('button', { name: 'Sound' });
    const isOn = () => sound.getAttribute('aria-pressed');
    await sound.click();
    await door.says('ACCESS DENIED – not recognised');
    expect(await notesOf(page)).toBe(0);
    await page.reload();
    expect(await isOn()).toBe('false');
    await sound.click();
    await door.says('ACCESS DENIED – not recognised');
    await expect.poll(() => notesOf(page), { timeout: 30_000 }).toBeGreaterThan(0);

    const full = page.getByRole('button', { name: 'Full screen' });
    const fills = () => page.evaluate<boolean>('document.fullscreenElement !== null');
    await full.click();
    await expect.poll(fills).toBe(true);
    await expect.poll(() => full.getAttribute('aria-pressed')).toBe('true');
    await full.click();
    await expect.poll(fills).toBe(false);
  });
});
