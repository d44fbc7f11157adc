// Real: the whole campus, Chromium with a camera that plays a film. A camera's plug is played: Chromium's has none.
import { join } from 'node:path';
import { Campus } from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { DoorPage, placeAt } from './door-page.fixture.js';
import { writeFilm } from './film.fixture.js';
import { addPlug, breakEncoder, mendEncoder, plug } from './kiosk-parts.fixture.js';

describe('the door’s screen, where something is in its way', { timeout: 400_000 }, () => {
  let campus: Campus;
  let film: string;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    film = join(campus.dataDir, 'empty.mjpeg');
    await writeFilm(film, [{ frames: [await emptyFrame()], seconds: 1 }]);
  }, 180_000);
  afterAll(() => campus.close());

  const url = () => campus.stack.kioskUrl;
  const at = (door: string) => placeAt(campus, door);

  it('says that its camera is refused, and goes on by itself once it is allowed', async () => {
    await using door = await DoorPage.open(url(), { film: film, camera: 'asks' }, await at('lab'));
    await door.says('The camera is not allowed');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await door.browser.context.grantPermissions(['camera']);
    await door.says('Look at the camera');
  });

  it('says that the door cannot check anyone while the broker is away, and goes on when it is back', async () => {
    await using door = await DoorPage.open(url(), { film: film }, await at('store'));
    await door.says('Look at the camera');
    await campus.stack.broker.kill();
    await door.says(/^The door cannot check anyone just now$/);
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await campus.stack.broker.restart();
    await door.says('Look at the camera');
  });

  it('asks to be paired anew when its door parts from it', async () => {
    await using door = await DoorPage.open(url(), { film: film }, await at('attic'));
    await door.says('Look at the camera');
    await campus.gateway.call('DELETE', '/doors/attic/kiosk');
    await door.says('Which door is this?');
    const { page } = door;
    await page.getByText('parted from its door').waitFor();
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    const { code } = await campus.gateway.call<{ code: string }>('POST', '/doors/attic/pairing');
    const field = page.getByLabel('Pairing code');
    await field.fill(code);
    const tried = page.waitForEvent('websocket');
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await (await tried).waitForEvent('close');
    expect(await field.inputValue()).toBe(code);
    expect(await page.getByText('parted from its door').isVisible()).toBe(true);
    await door.page.getByRole('button', { name: 'Pair' }).click();
    await door.says('Look at the camera');
  });

  it('waits by itself for a door that does not know yet that it was paired', async () => {
    await campus.gateway.createDoor('new', { name: 'New door' });
    const { code } = await campus.gateway.call<{ code: string }>('POST', '/doors/new/pairing');
    await using door = await DoorPage.open(url(), { film });
    const { page } = door;
    // The answer comes before anybody is asked: as if the registry could not tell of it until later.
    const answered = Promise.withResolvers<string>();
    await page.route('**/kiosk/pair', async (route) => {
      answered.resolve(route.request().postData() ?? '');
      await route.fulfill({ json: { door: 'new', name: 'New door' } });
    });
    await page.getByLabel('Pairing code').fill(code);
    await page.getByRole('button', { name: 'Pair' }).click();
    await door.says('The door is being set up');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: await answered.promise };
    const paired = await fetch(`${url().replace('ws', 'http')}/kiosk/pair`, init);
    expect(paired.status).toBe(200);
    await door.says('Look at the camera');
  });

  it('says that its camera is unplugged, and goes on when it is plugged in again', async () => {
    await using door = await DoorPage.open(url(), { film }, await at('cellar'), addPlug);
    await door.says('Look at the camera');
    await plug(door.page, false);
    await door.says('No camera is connected');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await plug(door.page, true);
    await door.says('Look at the camera');
  });

  it('says that the network is gone, and goes on when it is back', async () => {
    await using door = await DoorPage.open(url(), { film }, await at('yard'));
    const { context } = door.browser;
    await door.says('Look at the camera');
    await context.setOffline(true);
    await door.says('No network');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await context.setOffline(false);
    await door.says('Look at the camera');
  });

  it('says that the door does not answer while its service is gone, and goes on when it is back', async () => {
    await using door = await DoorPage.open(url(), { film }, await at('shed'));
    await door.says('Look at the camera');
    const gone = door.says('The door does not answer');
    await campus.stack.supervisor.kill('capture', 'SIGKILL');
    await gone;
    expect(await door.page.locator('body').innerText()).toContain('Door shed');
    await door.says('Look at the camera');
  });

  it('says that the door cannot see while no picture becomes a frame, and goes on with the first that does', async () => {
    await using door = await DoorPage.open(url(), { film }, await at('dock'), breakEncoder);
    await door.says('The door cannot see just now');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await mendEncoder(door.page);
    await door.says('Look at the camera');
  });

  it('is in one window of a browser at a time: the other goes on by a press, or once this one is closed', async () => {
    await using door = await DoorPage.open(url(), { film }, await at('ramp'));
    await door.says('Look at the camera');
    const other = await door.another();
    await other.says('Look at the camera');
    await door.says('This door is open in another window');
    expect(await door.browser.accessibilityFaults()).toEqual([]);
    await door.page.getByRole('button', { name: 'Use this window' }).click();
    await door.says('Look at the camera');
    await other.says('This door is open in another window');
    await door.page.close();
    await other.says('Look at the camera');
  });
});
