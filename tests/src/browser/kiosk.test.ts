// Real: the whole campus, Chromium with a camera that plays a film. Nothing is played by the test but the person.
import { join } from 'node:path';
import { asha, Campus, chloe, codePictureOf, holdingUp, looksOf, stranger } from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { DoorPage, type DoorPlace } from './door-page.fixture.js';
import { writeFilm } from './film.fixture.js';

describe('the door’s screen', { timeout: 400_000 }, () => {
  let campus: Campus;
  let films: { entry: string; stranger: string; empty: string };

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    await campus.register(asha);
    const code = codePictureOf(await campus.codeMail(asha.email));
    const [looks, empty] = await Promise.all([looksOf(asha.face), emptyFrame()]);
    const film = (name: string) => join(campus.dataDir, `${name}.mjpeg`);
    films = { entry: film('entry'), stranger: film('stranger'), empty: film('empty') };
    await writeFilm(films.entry, [
      { frames: [empty], seconds: 2 },
      { frames: looks, seconds: 6 },
      { frames: await holdingUp(code, looks), seconds: 20 },
      { frames: [empty], seconds: 10 },
    ]);
    await writeFilm(films.stranger, [{ frames: await looksOf(stranger), seconds: 2 }]);
    await writeFilm(films.empty, [{ frames: [empty], seconds: 1 }]);
  }, 180_000);
  afterAll(() => campus.close());

  /** A door whose token is known, as a screen that was paired before has it. */
  const placeAt = async (door: string): Promise<DoorPlace> => {
    const name = `Door ${door}`;
    return { door, name, token: await campus.gateway.createDoor(door, { name }) };
  };
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
      await placeAt('gate'),
    );
    await door.says(/कैमरे/);
    await door.says('Hola, Chloé Martin. Muestre su código QR');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await door.page.getByRole('button', { name: 'Cancelar' }).focus();
    await door.page.keyboard.press('Enter');
    await door.says('Hasta luego');
  });

  it('denies a stranger, and says so without colour alone', async () => {
    await using door = await DoorPage.open(
      url(),
      { film: films.stranger, size: { width: 820, height: 1180 } },
      await placeAt('hall'),
    );
    await door.says('ACCESS DENIED – not recognised');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
  });

  it('says that its camera is refused, and goes on by itself once it is allowed', async () => {
    await using door = await DoorPage.open(
      url(),
      { film: films.empty, camera: 'asks' },
      await placeAt('lab'),
    );
    await door.says('The camera is not allowed');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await door.browser.context.grantPermissions(['camera']);
    await door.says('Look at the camera');
  });

  it('says that the door cannot check anyone while the broker is away, and goes on when it is back', async () => {
    await using door = await DoorPage.open(url(), { film: films.empty }, await placeAt('store'));
    await door.says('Look at the camera');
    await campus.stack.broker.kill();
    await door.says(/^The door cannot check anyone just now$/);
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await campus.stack.broker.restart();
    await door.says('Look at the camera');
  });

  it('asks to be paired anew when its door parts from it', async () => {
    const place = await placeAt('attic');
    await using door = await DoorPage.open(url(), { film: films.empty }, place);
    await door.says('Look at the camera');
    await campus.gateway.call('DELETE', '/doors/attic/kiosk');
    await door.says('Which door is this?');
    await door.page.getByText('parted from its door').waitFor();
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    const { code } = await campus.gateway.call<{ code: string }>('POST', '/doors/attic/pairing');
    await door.page.getByLabel('Pairing code').fill(code);
    await door.page.getByRole('button', { name: 'Pair' }).click();
    await door.says('Look at the camera');
  });
});
