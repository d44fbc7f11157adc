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
import { emptyFrame, enrolmentSamples } from '@latchkey/vision/samples';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { TestBrowser } from './browser.fixture.js';
import { ConsolePage, PASSWORD } from './console-page.fixture.js';
import { DoorPage } from './door-page.fixture.js';
import { samples, takeByKey, takeTheRest } from './enrolling.fixture.js';
import { type Stretch, writeFilm } from './film.fixture.js';
import { HeldDoor } from './held-door.fixture.js';
import { makeUp } from './made-up.fixture.js';

const folder = fileURLToPath(new URL('../../../docs/img/', import.meta.url));
/** Half of what a screen has is enough to see what it is like. */
const SCALE = 0.55;
const QUALITY = 62;
/** Nobody looks further down a picture. */
const HEIGHT_AT_MOST = 2_800;
/** So often a stranger looks who may be taken for a picture by chance. */
const LOOKS_AT_MOST = 6;

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const;
type Size = keyof typeof sizes;
const everySize = Object.keys(sizes) as Size[];
const themes = ['light', 'dark'] as const;

/** The console's screens: their names in docs/img, and their places. `whole`: what is below the window, too. */
const screens: readonly (readonly [name: string, place: string, whole?: 'whole'])[] = [
  ['live', '#/'],
  ['people', '#/people'],
  ['person', '#/people/asha', 'whole'],
  ['import', '#/people/from/csv'],
  ['register', '#/register', 'whole'],
  ['visitors', '#/visitors', 'whole'],
  ['doors', '#/doors'],
  ['door', '#/doors/library-north', 'whole'],
  ['new-door', '#/doors/new', 'whole'],
  ['messages', '#/messages'],
  ['dead-letters', '#/messages/dead'],
  ['inbox', '#/messages/inbox'],
  ['insights', '#/insights', 'whole'],
  ['system', '#/system', 'whole'],
  ['audit', '#/audit'],
  ['operators', '#/operators'],
  ['account', '#/account'],
];

const operators = [
  ['mira', 'Mira Lindqvist', 'administrator'],
  ['tomas', 'Tomás Vega', 'guard'],
  ['noor', 'Noor Haddad', 'enroller'],
  ['eva', 'Eva Brandt', 'auditor'],
] as const;

/** People who are still to come with their faces. */
const LISTED = `id,name,email,language,guard,groups
s2041,Ines Duarte,ines@campus.example,es,no,staff
s2042,Karim Aziz,karim@campus.example,en,yes,night shift
s2043,Leela Menon,leela@campus.example,hi,no,staff;laboratory
s2044,Oskar Nilsen,oskar@campus.example,en,no,students
`;

/** All that moves has come to rest, and every picture in sight is there. */
async function atRest(page: Page): Promise<void> {
  await page.locator('.loading').first().waitFor({ state: 'detached' });
  await page.evaluate(`Promise.all([
    document.fonts.ready,
    ...document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished.catch(() => undefined)),
    ...[...document.images].map((image) => image.decode().catch(() => undefined)),
  ])`);
}

async function keep(page: Page, name: string, size: Size, theme: string, whole = false) {
  await atRest(page);
  const { width } = sizes[size];
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const picture = await (whole
    ? page.screenshot({
        fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.min(height, HEIGHT_AT_MOST) },
      })
    : page.screenshot());
  const file = join(folder, `${name}-${size}-${theme}.webp`);
  await sharp(picture)
    .resize({ width: Math.round(width * SCALE) })
    .webp({ quality: QUALITY, effort: 6 })
    .toFile(file);
}

/** A page in every size. */
async function keepAll(page: Page, name: string, theme: string, whole = false): Promise<void> {
  for (const size of everySize) {
    await page.setViewportSize(sizes[size]);
    await keep(page, name, size, theme, whole);
  }
}

/** A morning on a small campus. @returns which of Asha's mails has the code that is good now */
async function live(campus: Campus): Promise<number> {
  for (const [username, name, role] of operators) {
    const operator = { username, name, role, password: PASSWORD };
    await campus.gateway.call('POST', '/operators', operator);
  }
  await campus.register({ ...chloe, guard: true });
  for (const one of [asha, ben]) await campus.register(one);
  await campus.gateway.call('POST', '/people/import', { csv: LISTED, commit: true });
  const library = await campus.door('library-north', { name: 'Library, north door' });
  const lab = await campus.door('lab-east', { name: 'Laboratory, east' });
  await campus.gateway.createDoor('archive', { name: 'Archive', outOfService: true });
  await look(library, ben.face);
  await showCode(library, ben.face, codePictureOf(await campus.codeMail(ben.email)));
  await look(lab, stranger);
  await look(library, sampleFace('sample6@674'));
  await look(library, asha.face);
  const ashas = codePictureOf(await campus.codeMail(asha.email));
  const entered = await showCode(library, asha.face, ashas);
  await look(lab, chloe.face);
  return entered === 'granted' ? 2 : 1;
}

async function drawConsole(campus: Campus, film: string, theme: 'light' | 'dark'): Promise<void> {
  await using browser = await TestBrowser.open({ theme, film });
  const at = ConsolePage.of(browser, campus.stack.gatewayUrl);
  const { page } = at;
  await at.goTo('#/welcome/first');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keepAll(page, 'welcome', theme);
  await at.goTo('#/');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await keepAll(page, 'sign-in', theme);
  await makeUp(page);
  await at.signIn('mira');
  const areas = page.getByRole('navigation', { name: 'Areas' });
  await areas.getByText('not seen to').waitFor({ state: 'attached' });
  for (const [name, place, whole] of screens) {
    await at.goTo(place);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await keepAll(page, name, theme, whole !== undefined);
  }
  await drawDialogs(at, theme);
  await drawRegistration(campus, at, theme);
}

async function drawDialogs(at: ConsolePage, theme: string): Promise<void> {
  const { page } = at;
  await at.goTo('#/people/asha');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').waitFor();
  await keepAll(page, 'delete', theme);
  await at.goTo('#/doors/archive');
  await page.getByRole('button', { name: 'Pair a kiosk' }).click();
  await page.getByText('Good once').waitFor();
  await keepAll(page, 'pairing', theme);
}

/** Of somebody who is forgotten again afterwards. */
async function drawRegistration(campus: Campus, at: ConsolePage, theme: string): Promise<void> {
  const { page } = at;
  await at.goTo('#/register');
  await page.getByLabel('Id', { exact: true }).fill('dana');
  await page.getByLabel('Name').fill('Dana Kim');
  await page.getByLabel('E-mail').fill('dana@campus.example');
  await page.getByRole('checkbox', { name: /agrees/ }).check();
  await page.getByRole('button', { name: 'On to the camera' }).click();
  await samples(page, 0).waitFor();
  for (let taken = 0; (taken ?? 0) < 2; ) taken = (await takeByKey(page)) ?? taken;
  await keepAll(page, 'samples', theme, true);
  await page.setViewportSize(sizes.desktop);
  await takeTheRest(page);
  await page.getByRole('heading', { name: 'Dana Kim is registered' }).waitFor();
  await keepAll(page, 'enrolled', theme);
  await campus.gateway.call('DELETE', '/people/dana');
}

/** The door of a size and theme, from the pairing to whoever is not recognised. */
async function drawDoor(campus: Campus, film: string, [size, theme, mails]: DoorTurn) {
  const empty: Stretch = { frames: [await emptyFrame()], seconds: 30 };
  const looks: Stretch = { frames: await looksOf(asha.face), seconds: 20 };
  const door = `gate-${size}-${theme}`;
  await campus.gateway.createDoor(door, { name: 'Library, north door' });
  const pairing = await campus.gateway.call<{ code: string }>('POST', `/doors/${door}/pairing`);
  await writeFilm(film, [empty]);
  const facts = { film, theme, size: sizes[size] };
  let held: HeldDoor | undefined;
  await using at = await DoorPage.open(campus.stack.kioskUrl, facts, undefined, async (page) => {
    held = await HeldDoor.before(page);
  });
  if (!held) throw new Error('the page was opened without');
  const { page } = at;
  await at.says('Which door is this?');
  await keep(page, 'kiosk-pair', size, theme);
  await page.getByLabel('Pairing code').fill(pairing.code);
  await page.keyboard.press('Enter');
  await at.says('Look at the camera');
  await keep(page, 'kiosk-idle', size, theme);
  const code = codePictureOf(await campus.codeMail(asha.email, mails));
  const shown = { frames: await holdingUp(code, looks.frames), seconds: 40 };
  await writeFilm(film, [looks, shown, empty]);
  held.goOn('awaiting-code');
  await page.reload();
  await at.says(/^Welcome/);
  await held.untilDrawn('names');
  await keep(page, 'kiosk-code', size, theme);
  held.goOn('granted');
  await at.says('ACCESS GRANTED');
  await keep(page, 'kiosk-granted', size, theme);
  await writeFilm(film, [{ frames: await looksOf(stranger), seconds: 20 }]);
  const unknown = page.getByRole('heading', { name: /not recognised/ });
  for (let looked = 1; looked <= LOOKS_AT_MOST; looked += 1) {
    held.goOn('denied');
    await page.reload();
    await at.says(/^ACCESS DENIED/);
    if ((await unknown.count()) === 0) continue;
    await held.untilDrawn('boxes');
    await keep(page, 'kiosk-denied', size, theme);
    if ((await unknown.count()) > 0) return;
  }
  throw new Error('the stranger was never shown as not recognised');
}

/** And which of Asha's mails has the code that is good now. */
type DoorTurn = readonly [size: Size, theme: (typeof themes)[number], mails: number];

/** What is drawn: `console` or `door`, `light` or `dark`; all of it, where nothing is said. */
const said = process.argv.slice(2);
const isWanted = (what: string, all: readonly string[]) =>
  said.includes(what) || !all.some((other) => said.includes(other));

await mkdir(folder, { recursive: true });
await using campus = await Campus.start();
const film = join(campus.dataDir, 'film.mjpeg');
const isConsole = isWanted('console', ['door']);
let mails = isConsole ? await live(campus) : 1;
if (!isConsole) await campus.register(asha);
for (const theme of themes.filter((one) => isWanted(one, themes))) {
  if (isConsole) {
    await writeFilm(film, [{ frames: await enrolmentSamples(stranger), seconds: 4 }]);
    await drawConsole(campus, film, theme);
  }
  for (const size of isWanted('door', ['console']) ? everySize : []) {
    await drawDoor(campus, film, [size, theme, mails]);
    mails += 1;
  }
}
