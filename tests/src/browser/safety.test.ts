// Real: broker, registry, two gateways, one of them opened to other machines in clear, with the built console, Chromium.
import { objectStores } from '@latchkey/contracts';
import { loadPublicKey, openObjects, sealBytes, type Service } from '@latchkey/runtime';
import { emptyFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { TestBrowser } from './browser.fixture.js';
import { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
import { ConsolePage } from './console-page.fixture.js';

describe('what the console tells of safety', { timeout: 240_000 }, () => {
  let desk: FrontDesk;
  let open: Service;
  let at: ConsolePage;

  beforeAll(() => void findChromium(), CHROMIUM_WAIT_MS);
  beforeAll(async () => {
    desk = await FrontDesk.open();
    open = await desk.another('opened', { LK_GATEWAY_HOST: '0.0.0.0' });
    await newOperator(desk, 'paula', 'administrator');
    at = ConsolePage.of(await TestBrowser.open(), desk.gateway.httpUrl ?? '');
    await at.goTo('#/system');
    await at.signIn('paula');
  }, 180_000);
  afterAll(async () => {
    await at?.close();
    await open?.close();
    await desk?.[Symbol.asyncDispose]();
  });

  it('System says of what is ready that it is not safe, and what to do', async () => {
    const card = at.page.getByRole('listitem').filter({ hasText: 'Console and API' });
    await card.getByText('Not safe').waitFor();
    await card.getByText(/without TLS .*pass in clear.*Set LK_TLS_CERT_FILE/).waitFor();
    await card.getByText('2 running').waitFor();
    expect(await at.browser.accessibilityFaults()).toEqual([]);
  });

  it('Audit says who looked at a photograph taken where, and that somebody failed to sign in as whom', async () => {
    const store = await openObjects(desk.gateway.bus, objectStores.evidence);
    const key = await loadPublicKey(desk.keysDir, 'evidence');
    await store.put('north.1', sealBytes(key, await emptyFrame()));
    const guard = await newOperator(desk, 'gus', 'guard');
    expect((await guard.fetch('GET', '/evidence/north.1')).status).toBe(200);
    expect((await new Browser(desk).signIn('gus', 'wrong horse battery')).status).toBe(401);
    await at.goTo('#/audit');
    const row = (words: RegExp) => at.page.getByRole('row').filter({ hasText: words });
    await row(/gus.*Looked at a photograph taken at north/).waitFor();
    await row(/Somebody failed to sign in as gus.*1 try/).waitFor();
  });
});
