import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.fixture.js';

/** How a browser is opened. */
export interface BrowserFacts {
  /** The film that its camera plays; without one it has a camera all the same, with a test picture. */
  readonly film?: string;
  /** `asks`: the page's wish for the camera is refused until the test grants it. `yes` where left out. */
  readonly camera?: 'yes' | 'asks';
  readonly locale?: string;
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
}

const DESKTOP = { width: 1280, height: 800 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** A real Chromium with one page; its camera plays a film. */
export class TestBrowser {
  /** What the page logged as an error, and what it threw. */
  readonly faults: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
  }

  static async open(facts: BrowserFacts = {}): Promise<TestBrowser> {
    const { film, camera = 'yes', locale = 'en-GB', theme = 'light', size = DESKTOP } = facts;
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream',
        ...(camera === 'yes' ? ['--use-fake-ui-for-media-stream'] : []),
        ...(film === undefined ? [] : [`--use-file-for-fake-video-capture=${film}`]),
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    const context = await browser.newContext({ locale, colorScheme: theme, viewport: size });
    context.setDefaultTimeout(30_000);
    return new TestBrowser(browser, context, await context.newPage());
  }

  /** What axe-core finds wrong with the page as it is, one line each. */
  async accessibilityFaults(): Promise<string[]> {
    // Not as a script element: the page's policy rightly lets none in.
    await this.page.evaluate(AXE);
    const run = `axe.run(document, ${JSON.stringify(RULES)})`;
    const results = await this.page.evaluate<AxeResults>(run);
    return results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
    );
  }

  /** What stands in the way of installing the page as an app, in Chromium's own words. */
  async appFaults(): Promise<string[]> {
    const devtools = await this.context.newCDPSession(this.page);
    const manifest = await devtools.send('Page.getAppManifest');
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    return [
      ...(manifest.url ? [] : ['no manifest']),
      ...manifest.errors.map(({ message }) => message),
      ...installabilityErrors
        .map(({ errorId }) => errorId)
        // These tests' windows keep nothing, and nothing can be installed there.
        .filter((id) => id !== 'in-incognito'),
    ];
  }

  /** Gives the machine a device that keeps passkeys and knows whose finger it is. @returns how many it keeps now */
  async addPasskeyDevice(): Promise<() => Promise<number>> {
    const devtools = await this.context.newCDPSession(this.page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return async () => {
      const kept = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
      return kept.credentials.length;
    };
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
