// Real: the whole campus, the console as the gateway serves it, Chromium; what it shows is looked at by our own models. Who
// stands at the doors is played by kiosk programs.
import { asha, Campus, chloe, looksOf } from '@latchkey/demo';
import {
  areOnePerson,
  createFaceAnalyser,
  type Embedding,
  loadModelPack,
  type ModelPack,
} from '@latchkey/vision';
import { emptyFrame } from '@latchkey/vision/samples';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

const WAIT = { timeout: 60_000 };

describe('a door’s tile', { timeout: 240_000 }, () => {
  let campus: Campus;
  let models: ModelPack;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    models = await loadModelPack();
  }, 180_000);
  afterAll(async () => {
    await models?.close();
    await campus?.close();
  });

  /** The faces in a picture. */
  async function facesIn(jpeg: Buffer): Promise<Embedding[]> {
    const { faces } = await createFaceAnalyser(models).analyse(jpeg);
    return faces.map(({ embedding }) => embedding);
  }

  /** The faces in what a picture on the page shows. */
  async function facesShown(picture: Locator): Promise<Embedding[]> {
    return facesIn(
      await sharp(await picture.screenshot())
        .jpeg()
        .toBuffer(),
    );
  }

  /** Presses a button until its answer is that one: a frame that is late on a slow machine is no picture. */
  async function press(page: Page, button: Locator, status: number): Promise<void> {
    const answers = async () => {
      const answered = page.waitForResponse(isPicture);
      await button.click();
      return (await answered).status();
    };
    await expect.poll(answers, WAIT).toBe(status);
  }

  it('shows who stands there where it is asked, and asks no more once that is hidden', async () => {
    await using kiosk = await campus.door('porch', { name: 'Porch' });
    await using at = await ConsolePage.open(campus, '#/', { username: 'gil', role: 'guard' });
    const { page } = at;
    const asked: string[] = [];
    page.on('request', (request) => void (isPicture(request) && asked.push(request.url())));
    const look = page.getByRole('button', { name: 'Look through the camera at Porch' });
    const again = page.getByRole('button', { name: 'Look again at Porch' });
    const picture = page.getByRole('img', { name: 'What the camera at Porch saw' });
    const nothing = page.getByText('No camera at this door is sending pictures now.');
    await readAnew(page);
    expect(asked).toEqual([]);
    await look.click();
    await nothing.waitFor();
    expect(await picture.count()).toBe(0);
    const looks = await looksOf(asha.face);
    await kiosk.standWhile(looks, async () => {
      await press(page, look, 200);
      await picture.waitFor();
    });
    const [shown, ...others] = await facesShown(picture);
    const [asha1] = await facesIn(looks[0] ?? Buffer.of());
    const [chloe1] = await facesIn((await looksOf(chloe.face))[0] ?? Buffer.of());
    if (!shown || !asha1 || !chloe1) throw new Error('there is a face in each');
    expect([areOnePerson([shown, asha1]), areOnePerson([shown, chloe1])]).toEqual([true, false]);
    expect(others).toHaveLength(0);
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    const faces = async () => {
      await press(page, again, 200);
      return (await facesShown(picture)).length;
    };
    const seesNobody = () => expect.poll(faces, WAIT).toBe(0);
    await kiosk.standWhile([await emptyFrame()], async () => await seesNobody());
    await press(page, again, 404);
    await nothing.waitFor();
    await page.getByRole('button', { name: 'Hide the picture of Porch' }).click();
    await picture.waitFor({ state: 'detached' });
    await nothing.waitFor({ state: 'detached' });
    const before = asked.length;
    await readAnew(page);
    expect(asked).toHaveLength(before);
    await look.waitFor();
  });

  it('says that the camera is away instead, and keeps no picture of before', async () => {
    const kiosk = await campus.door('yard', { name: 'Yard' });
    await using at = await ConsolePage.open(campus, '#/', { username: 'gus', role: 'guard' });
    const { page } = at;
    const tile = page.getByRole('listitem').filter({ hasText: 'Yard' });
    const look = tile.getByRole('button', { name: 'Look through the camera at Yard' });
    await kiosk.standWhile([await emptyFrame()], () => press(page, look, 200));
    await tile.getByRole('img').waitFor();
    kiosk.close();
    await tile.getByText('No kiosk and no camera is connected').waitFor();
    expect(await tile.getByRole('button').count()).toBe(0);
    expect(await tile.getByRole('img').count()).toBe(0);
  });

  it.each(['enroller', 'auditor'] as const)('shows no picture to an %s', async (role) => {
    await using _kiosk = await campus.door(`hall-${role}`, { name: `Hall, ${role}` });
    await using at = await ConsolePage.open(campus, '#/', { username: role, role });
    const { page } = at;
    const tile = page.getByRole('listitem').filter({ hasText: `Hall, ${role}` });
    await tile.getByText('1 kiosk').waitFor();
    expect(await tile.getByRole('button').count()).toBe(0);
    const refused = `fetch('/api/v1/doors/hall-${role}/picture').then((it) => it.json())`;
    expect(await page.evaluate(refused)).toMatchObject({ code: 'LK-AUTH-004' });
  });
});

function isPicture(it: { url(): string }): boolean {
  return it.url().endsWith('/picture');
}

/** Waits until the page has read its tiles anew, as it does by itself. */
async function readAnew(page: Page): Promise<void> {
  for (let n = 0; n < 2; n += 1) {
    await page.waitForResponse((response) => response.url().endsWith('/overview'));
  }
}
