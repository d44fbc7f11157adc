import type { Page } from 'playwright-core';
import { type BrowserFacts, TestBrowser } from './browser.fixture.js';

/** A busy machine looks at a frame a second. */
const WAIT_MS = 60_000;

/** Where a kiosk stands, as a pairing leaves it in the browser. */
export interface DoorPlace {
  readonly door: string;
  readonly name: string;
  readonly token: string;
}

/** The door's screen in a browser. */
export class DoorPage {
  private constructor(
    readonly browser: TestBrowser,
    private readonly url: string,
  ) {}

  /** @param url capture's, `ws://…`. @param place left out: the screen is not paired yet */
  static async open(url: string, facts: BrowserFacts, place?: DoorPlace): Promise<DoorPage> {
    const browser = await TestBrowser.open(facts);
    const opened = new DoorPage(browser, `${url.replace(/^ws/, 'http')}/kiosk`);
    if (place) {
      const kept = JSON.stringify(JSON.stringify(place));
      await browser.page.addInitScript(
        `if (!localStorage.getItem('latchkey.kiosk')) localStorage.setItem('latchkey.kiosk', ${kept})`,
      );
    }
    await browser.page.goto(opened.url);
    return opened;
  }

  get page(): Page {
    return this.browser.page;
  }

  /** Waits until the large sentence is this. */
  async says(sentence: string | RegExp): Promise<void> {
    const heading = this.page.getByRole('heading', { name: sentence });
    try {
      await heading.waitFor({ timeout: WAIT_MS });
    } catch (cause) {
      const now = await this.page.locator('main').innerText();
      throw new Error(`the door's screen does not say ${sentence}; it says: ${now}`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
