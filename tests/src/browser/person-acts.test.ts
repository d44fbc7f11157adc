// Real: broker, registry, gateway with the built console, Chromium. Faces are vectors, and codes are shown to the registry itself.
import { readFile } from 'node:fs/promises';
import { REGISTRY, type Registry } from '@latchkey/registry';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { Neighbour } from '../registry/neighbour.js';
import { TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

const WAIT = { timeout: 30_000 };
const NO_CODE = `LK1.${'A'.repeat(22)}`;

describe('what an operator does with a person in the console', { timeout: 400_000 }, () => {
  let desk: FrontDesk;
  let neighbour: Neighbour;
  let at: ConsolePage;
  let page: Page;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    desk = await FrontDesk.open();
    const { port } = desk.registry.get<Registry>(REGISTRY).grpc;
    neighbour = new Neighbour(`127.0.0.1:${port}`, desk.keysDir);
    await neighbour.enrol('asha', 1);
    await newOperator(desk, 'paula', 'administrator');
    at = ConsolePage.of(await TestBrowser.open(), desk.gateway.httpUrl ?? '');
    ({ page } = at);
    await at.goTo('#/people/asha');
    await at.signIn('paula');
  }, 180_000);
  afterAll(async () => {
    await at?.close();
    neighbour?.close();
    await desk?.[Symbol.asyncDispose]();
  });

  const stored = async () => (await desk.ask('GET', '/people/asha')).json;
  const saved = async (button: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    return await readFile(await (await download).path(), 'utf8');
  };

  it('asks before a new code is mailed, since the one that they have is void then', async () => {
    const before = (await stored())['code'];
    const mail = page.getByRole('button', { name: 'Mail a new code' });
    await mail.click();
    const question = page.getByRole('dialog', { name: 'Mail Name of asha a new code?' });
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect((await stored())['code']).toEqual(before);
    await mail.click();
    await question.getByRole('button', { name: 'Mail a new code' }).click();
    await page.getByText('A new code goes to asha@campus.example').waitFor();
    const { entries } = (await desk.ask('GET', '/audit?person=asha&action=code.reissued')).json as {
      entries: object[];
    };
    expect(entries).toMatchObject([{ by: 'paula' }]);
  });

  it('asks before an edit is left that was not saved', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('Asha R.');
    await page.getByRole('link', { name: 'Doors' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('Asha R.');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    expect(await stored()).toMatchObject({ name: 'Name of asha' });
  });

  it('suspends and resumes', async () => {
    await page.getByRole('button', { name: 'Suspend…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('No door opens for Name of asha now.').waitFor();
    expect(await stored()).toMatchObject({ state: 'suspended' });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Name of asha may enter again.').waitFor();
    expect(await stored()).toMatchObject({ state: 'enrolled' });
  });

  it('lifts a lock', async () => {
    await desk.ask('POST', '/doors', { id: 'gate', name: 'Gate' });
    for (let n = 0; n < 5; n += 1) await neighbour.showCode(NO_CODE, ['asha'], { door: 'gate' });
    expect((await stored())['locks']).toMatchObject([{ door: 'gate' }]);
    await page.reload();
    const locks = page.getByRole('region', { name: 'Locks' });
    await locks.getByText(/Gate until/).waitFor();
    await locks.getByRole('button', { name: 'Lift' }).click();
    await page.getByText('Name of asha may try again at Gate.').waitFor();
    expect((await stored())['locks']).toEqual([]);
    await locks.waitFor({ state: 'detached' });
  });

  it('hands over all that is held of them, and the list of everybody', async () => {
    expect(JSON.parse(await saved('Export all data'))).toMatchObject({
      person: { id: 'asha', email: 'asha@campus.example' },
    });
    await at.goTo('#/people');
    expect(await saved('Export')).toMatch(/^id,.*\r?\nasha,Name of asha,asha@campus\.example/);
  });

  it('does not let the receipt of a deletion be left by chance: its signature is shown this once', async () => {
    await at.goTo('#/people/asha');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByLabel(/^Type/).fill('asha');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'asha is deleted' }).waitFor();
    await page.evaluate('delete Navigator.prototype.clipboard');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('This browser does not let the receipt be copied').waitFor();
    await page.getByRole('link', { name: 'Back to everybody' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without the receipt?' });
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Back to everybody' }).click();
    const save = question.getByRole('button', { name: 'Save it and leave' });
    await save.and(page.locator(':focus')).waitFor();
    expect(JSON.parse(await saved('Save it and leave'))).toMatchObject({ person: 'asha' });
    await page.getByRole('heading', { name: 'Nobody is registered yet' }).waitFor();
    // Whoever is forgotten has no page that one could be led to.
    await at.goTo('#/audit');
    await page.getByRole('row', { name: /Deleted asha/ }).waitFor();
    await expect
      .poll(() => page.getByRole('main').getByRole('link', { name: 'asha' }).count(), WAIT)
      .toBe(0);
  });
});
