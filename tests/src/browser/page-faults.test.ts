// Real: broker, registry, gateway with the built console, Chromium. What a route answers is spoilt on its way to the page.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

describe('a fault in a page of the console', { timeout: 240_000 }, () => {
  let desk: FrontDesk;
  let at: ConsolePage;
  let page: Page;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    desk = await FrontDesk.open();
    await newOperator(desk, 'paula', 'administrator');
    at = ConsolePage.of(await TestBrowser.open(), desk.gateway.httpUrl ?? '');
    ({ page } = at);
    await at.goTo('#/doors');
    await at.signIn('paula');
  }, 180_000);
  beforeEach(async () => {
    await page.unrouteAll();
  });
  afterAll(async () => {
    await at?.close();
    await desk?.[Symbol.asyncDispose]();
  });

  /** A route answers something that no gateway answers. */
  const spoil = (route: string) => page.route(route, (it) => it.fulfill({ json: {} }));
  const sentence = () => page.getByRole('alert').filter({ hasText: 'This page cannot be shown' });

  it('is told in a sentence, and the other pages go on', async () => {
    await spoil('**/api/v1/insights?*');
    const menu = page.getByRole('navigation', { name: 'Areas' });
    await menu.getByRole('link', { name: 'Insights' }).click();
    await sentence().waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await menu.getByRole('link', { name: 'Doors' }).click();
    await page.getByRole('heading', { name: 'Doors', level: 1 }).waitFor();
    expect(await sentence().count()).toBe(0);
  });

  it('is gone with what caused it, by Reload, at the same place', async () => {
    await spoil('**/api/v1/insights?*');
    await at.goTo('#/insights?when=week');
    await sentence().waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Insights', level: 1 }).waitFor();
    expect(page.url()).toMatch(/#\/insights\?when=week$/);
  });

  it('leaves no empty window either where it is in what stands around the pages', async () => {
    await spoil('**/api/v1/me');
    await page.reload();
    await sentence().waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('navigation', { name: 'Areas' }).waitFor();
  });
});
