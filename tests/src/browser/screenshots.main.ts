// Draws docs/img anew: every screen in three sizes and both themes, on a real campus. `node tests/dist/browser/screenshots.main.js`
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  asha,
  ben,
  Campus,
  chloe,
  codePictureOf,
  holdingUp,
  look,
  looksOf,
  sampleFace,
  showCode,
  stranger,
} from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { ConsolePage } from './console-page.fixture.js';
import { DoorPage } from './door-page.fixture.js';
import { type Stretch, writeFilm } from './film.fixture.js';

const folder = fileURLToPath(new URL('../../../docs/img/', import.meta.url));
/** Half of what a screen has is enough to see what it is like. */
const SCALE = 0.55;
const QUALITY = 62;

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1280, height: 800 },
} as const;
const themes = ['light', 'dark'] as const;

/** The console's screens: their names in docs/img, and their places. */
const screens: readonly (readonly [name: string, place: string])[] = [
  ['live', '#/'],
  ['people', '#/people'],
  ['person', '#/people/asha'],
  ['import', '#/people/import'],
  ['enrol', '#/enrol'],
  ['visitors', '#/visitors'],
  ['doors', '#/doors'],
  ['door', '#/doors/library-north'],
  ['messages', '#/messages'],
  ['inbox', '#/messages/inbox'],
  ['insights', '#/insights'],
  ['system', '#/system'],
  ['audit', '#/audit'],
  ['operators', '#/operators'],
];

async function keep(page: Page, name: string, size: keyof typeof sizes, theme: string) {
  const picture = await page.screenshot();
  const width = Math.round(sizes[size].width * SCALE);
  const file = join(folder, `${name}-${size}-${theme}.webp`);
  await sharp(picture).resize({ width }).webp({ quality: QUALITY, effort: 6 }).toFile(file);
}

/** A morning on a small campus. */
async function live(campus: Campus): Promise<void> {
  await campus.register({ ...chloe, guard: true });
  for (const one of [asha, ben]) await campus.register(one);
  await using library = await campus.door('library-north', { name: 'Library, north door' });
  await using lab = await campus.door('lab-east', { name: 'Laboratory, east' });
  await campus.gateway.createDoor('archive', { name: 'Archive', outOfService: true });
  await look(library, ben.face);
  await showCode(library, ben.face, codePictureOf(await campus.codeMail(ben.email)));
  await look(lab, stranger);
  await look(library, sampleFace('sample6@674'));
  await look(lab, chloe.face);
}

async function drawConsole(campus: Campus): Promise<void> {
  for (const theme of themes) {
    await using at = await ConsolePage.open(campus, '#/', { username: `mira.${theme}`, theme });
    for (const [name, place] of screens) {
      await at.goTo(place);
      await at.page.getByRole('heading', { level: 1 }).waitFor();
      await at.page.locator('.loading').first().waitFor({ state: 'detached' });
      await at.page
        .getByRole('navigation', { name: 'Areas' })
        .getByText('not seen to')
        .waitFor({ state: 'attached' });
      for (const size of ['phone', 'tablet', 'desktop'] as const) {
        await at.page.setViewportSize(sizes[size]);
        await keep(at.page, name, size, theme);
      }
    }
  }
}

async function drawDoor(campus: Campus): Promise<void> {
  const film = join(campus.dataDir, 'door.mjpeg');
  const empty: Stretch = { frames: [await emptyFrame()], seconds: 30 };
  const looks: Stretch = { frames: await looksOf(asha.face), seconds: 5 };
  let mails = 1;
  for (const theme of themes) {
    for (const [name, size] of Object.entries(sizes)) {
      const shown = name as keyof typeof sizes;
      const door = `gate-${name}-${theme}`;
      await campus.gateway.createDoor(door, { name: 'Library, north door' });
      const pairing = await campus.gateway.call<{ code: string }>('POST', `/doors/${door}/pairing`);
      await writeFilm(film, [empty]);
      await using at = await DoorPage.open(campus.stack.kioskUrl, { film, theme, size });
      await at.says('Which door is this?');
      await keep(at.page, 'kiosk-pair', shown, theme);
      await at.page.getByLabel('Pairing code').fill(pairing.code);
      await at.page.keyboard.press('Enter');
      await at.says('Look at the camera');
      await keep(at.page, 'kiosk-idle', shown, theme);
      const code = codePictureOf(await campus.codeMail(asha.email, mails));
      const held = { frames: await holdingUp(code, looks.frames), seconds: 12 };
      await writeFilm(film, [looks, held, empty]);
      await at.page.reload();
      await at.says(/^Welcome/);
      await keep(at.page, 'kiosk-code', shown, theme);
      await at.says('ACCESS GRANTED');
      await keep(at.page, 'kiosk-granted', shown, theme);
      mails += 1;
      await writeFilm(film, [{ frames: await looksOf(stranger), seconds: 5 }]);
      await at.page.reload();
      await at.says(/^ACCESS DENIED/);
      await keep(at.page, 'kiosk-denied', shown, theme);
    }
  }
}

await mkdir(folder, { recursive: true });
await using campus = await Campus.start();
await live(campus);
console.error('drawing the console');
await drawConsole(campus);
console.error('drawing the door’s screen');
await drawDoor(campus);
