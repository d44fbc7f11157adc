// Real: the whole campus, the console as the gateway serves it, Chromium.
import { readFile } from 'node:fs/promises';
import { asha, ben, Campus } from '@latchkey/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

/** So many people are listed besides: more than a page holds. */
const LISTED = 120;

const person = (n: number) => {
  const id = `s${1000 + n}`;
  return `${id},Student ${n},${id}@campus.example`;
};
const csvOf = (rows: readonly string[]) => ['id,name,email', ...rows].join('\n');

interface PersonAnswer {
  readonly name: string;
  readonly email: string;
  readonly guard: boolean;
  readonly groups: readonly string[];
  readonly language: string;
  readonly version: number;
}

describe('people in the console', { timeout: 120_000 }, () => {
  let campus: Campus;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    campus = await Campus.start();
    await campus.register(asha);
    await campus.register({ ...ben, guard: true });
    const csv = csvOf(Array.from({ length: LISTED }, (_, n) => person(n)));
    await campus.gateway.call('POST', '/people/import', { csv, commit: true });
  }, 180_000);
  afterAll(() => campus.close());

  const stored = (id: string) => campus.gateway.call<PersonAnswer>('GET', `/people/${id}`);

  it('finds people while one types, page by page, and the address leads others to the same', async () => {
    await using at = await ConsolePage.open(campus, '#/people', { username: 'paul' });
    const { page, browser } = at;
    const rows = page.getByRole('rowheader');
    await page.getByRole('heading', { name: `People ${LISTED + 2}` }).waitFor();
    expect(await rows.count()).toBe(50);
    expect(await browser.accessibilityFaults()).toEqual([]);
    const first = page.getByRole('link', { name: asha.name });
    await first.waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await first.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Before' }).click();
    await first.waitFor();

    await page.getByLabel('Search').pressSequentially('asha');
    await page.waitForURL(/#\/people\?q=asha$/);
    await page.getByRole('heading', { name: 'People 1' }).waitFor();
    await page.getByLabel('State').selectOption('suspended');
    await page.getByRole('heading', { name: 'Nobody matches that' }).waitFor();
    const link = page.url();
    await page.getByRole('link', { name: 'Show everybody' }).click();
    await page.getByRole('heading', { name: `People ${LISTED + 2}` }).waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('');
    await page.goto(link);
    await page.getByRole('heading', { name: 'Nobody matches that' }).waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('asha');
  });

  it('tells the second of two who change a person, and keeps what both typed', async () => {
    await using at = await ConsolePage.open(campus, '#/people/ben', { username: 'eric' });
    const { page, browser } = at;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('Ben O.');
    await page.getByLabel('Groups').fill('staff, night');
    const { version, ...facts } = await stored('ben');
    const theirs = { ...facts, name: 'Benjamin Okafor', language: 'es' };
    await putPerson(campus, 'ben', theirs, version);

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Someone else has changed this person').waitFor();
    const name = page.getByRole('row', { name: /^Name Ben O\. Benjamin Okafor/ });
    await name.waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    expect(await stored('ben')).toMatchObject({ name: 'Benjamin Okafor', groups: [] });
    await page.getByRole('button', { name: 'Take theirs: Name' }).click();
    await page.getByRole('button', { name: 'Save mine over theirs' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    expect(await stored('ben')).toMatchObject({
      name: 'Benjamin Okafor',
      groups: ['staff', 'night'],
      language: 'es',
    });
  });

  it('shows every fault of a list by line and field before anybody is added', async () => {
    const facts = { username: 'ivy', role: 'enroller' } as const;
    await using at = await ConsolePage.open(campus, '#/people/from/csv', facts);
    const { page, browser } = at;
    const rows = ['asha,Asha again,asha2@campus.example', 'bad id,Bad,nowhere', person(500)];
    await page.getByLabel('Or paste it here').fill(csvOf(rows));
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('2 lines have faults').waitFor();
    await page.getByRole('row', { name: /^2 asha .*id: .*taken/ }).waitFor();
    await page.getByRole('row', { name: /^3 bad id .*email: / }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await expect(stored('s1500')).rejects.toThrow('LK-PER-006');
    await page.getByRole('button', { name: 'Add one person' }).click();
    await page.getByText('One person is added').waitFor();
    expect(await stored('s1500')).toMatchObject({ name: 'Student 500', state: 'listed' });
    await page.getByRole('heading', { name: '2 lines were left out' }).waitFor();
    await page.getByRole('row', { name: /^3 bad id .*email: / }).waitFor();
  });

  it('shows every fault of a long list, page by page', async () => {
    const facts = { username: 'ines', role: 'enroller' } as const;
    await using at = await ConsolePage.open(campus, '#/people/from/csv', facts);
    const { page, browser } = at;
    const rows = Array.from({ length: 250 }, (_, n) => `t${n},Somebody ${n},nowhere`);
    await page.getByLabel('Or paste it here').fill(csvOf(rows));
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('250 lines have faults').waitFor();
    await page.getByRole('row', { name: /^2 t0 / }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('row', { name: /^251 t249 .*email: / }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
  });

  it('forgets a person only when their id is typed, and hands over the receipt', async () => {
    const facts = { username: 'dag', size: { width: 390, height: 844 }, theme: 'dark' } as const;
    await using at = await ConsolePage.open(campus, '#/people/asha', facts);
    const { page, browser } = at;
    await page.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog');
    const button = dialog.getByRole('button', { name: 'Delete' });
    await dialog.getByLabel(/^Type/).fill('Asha');
    expect(await button.isDisabled()).toBe(true);
    expect(await browser.accessibilityFaults()).toEqual([]);
    await dialog.getByLabel(/^Type/).fill('asha');
    await button.click();
    await page.getByRole('heading', { name: 'asha is deleted' }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save' }).click();
    const receipt: unknown = JSON.parse(await readFile(await (await saved).path(), 'utf8'));
    expect(receipt).toMatchObject({ person: 'asha' });
    await expect(stored('asha')).rejects.toThrow('LK-PER-006');
  });

  it('keeps what is typed when one is signed out meanwhile, for the one who signs in again', async () => {
    await using at = await ConsolePage.open(campus, '#/people/s1001', { username: 'sven' });
    const { page, browser } = at;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('Student One');
    await browser.context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await browser.accessibilityFaults()).toEqual([]);
    await at.signIn('sven');
    expect(await page.getByLabel('Name').inputValue()).toBe('Student One');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Student One' }).waitFor();
    expect(await stored('s1001')).toMatchObject({ name: 'Student One' });
  });

  it('offers nobody what their role may not do', async () => {
    const facts = { username: 'uma', role: 'auditor' } as const;
    await using at = await ConsolePage.open(campus, '#/people', facts);
    const { page } = at;
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('link', { name: /Register|Import/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /Export|Delete/ }).count()).toBe(0);
    await at.goTo('#/people/ben');
    await page.getByRole('region', { name: 'Code' }).waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    await at.goTo('#/register');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });

  it('forgets everybody only when that is typed, and hands over the receipts', async () => {
    await using at = await ConsolePage.open(campus, '#/people', { username: 'zoe' });
    const { page, browser } = at;
    const { total } = await campus.gateway.call<{ total: number }>('GET', '/people');
    expect(total).toBeGreaterThan(LISTED);
    await page.getByRole('button', { name: 'Delete everybody…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete everybody?' });
    const button = dialog.getByRole('button', { name: 'Delete everybody' });
    await dialog.getByText(`(${total})`).waitFor();
    await dialog.getByLabel(/^Type/).fill('delete all');
    expect(await button.isDisabled()).toBe(true);
    expect(await browser.accessibilityFaults()).toEqual([]);
    await dialog.getByLabel(/^Type/).fill('delete all people');
    await button.click();
    const done = page.getByRole('dialog', { name: 'Everybody is deleted' });
    await done.getByText(`${total} receipts`).waitFor({ timeout: 60_000 });
    expect(await browser.accessibilityFaults()).toEqual([]);
    const saved = page.waitForEvent('download');
    await done.getByRole('button', { name: 'Save the receipts' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    const receipts = JSON.parse(text) as { person: string; receipt: string }[];
    expect(new Set(receipts.map(({ receipt }) => receipt)).size).toBe(total);
    expect(receipts.map(({ person }) => person)).toContain('ben');
    await done.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Nobody is registered yet' }).waitFor();
    expect(await campus.gateway.call('GET', '/people')).toMatchObject({ people: [], total: 0 });
    const path = '/audit?action=person.deleted&person=ben';
    const noted = async () =>
      (await campus.gateway.call<{ entries: object[] }>('GET', path)).entries;
    await expect.poll(noted, { timeout: 30_000 }).toMatchObject([{ by: 'zoe' }]);
  });
});

/** Another operator's change. */
async function putPerson(campus: Campus, id: string, facts: object, version: number) {
  const { gatewayUrl, operatorToken } = campus.stack;
  const response = await fetch(`${gatewayUrl}/api/v1/people/${id}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${operatorToken}`,
      'content-type': 'application/json',
      'if-match': `"${version}"`,
    },
    body: JSON.stringify(facts),
  });
  expect(response.status).toBe(200);
}
