import type { Campus } from '@latchkey/demo';
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

/** A new door whose token is known, as a screen that was paired before has it. */
export async function placeAt(campus: Campus, door: string): Promise<DoorPlace> {
  const name = `Door ${door}`;
  return { door, name, token: await campus.gateway.createDoor(door, { name }) };
}

/** The door's screen in a browser. */
export class DoorPage {
  private constructor(
    readonly browser: TestBrowser,
    readonly page: Page,
    private readonly url: string,
  ) {}

  /**
   * @param url capture's, `ws://…`
   * @param place left out: the screen is not paired yet
   * @param before what is done with the page before it is opened
   */
  static async open(
    url: string,
    facts: BrowserFacts,
    place?: DoorPlace,
    before?: (page: Page) => Promise<void>,
  ): Promise<DoorPage> {
    const browser = await TestBrowser.open(facts);
    await before?.(browser.page);
    const opened = new DoorPage(browser, browser.page, `${url.replace(/^ws/, 'http')}/kiosk`);
    if (place) {
      const kept = JSON.stringify(JSON.stringify(place));
      await browser.page.addInitScript(
        `if (!localStorage.getItem('latchkey.kiosk')) localStorage.setItem('latchkey.kiosk', ${kept})`,
      );
    }
    await browser.page.goto(opened.url);
    return opened;
  }

  /** The same door in another window of the same browser, which is closed with it. */
  async another(): Promise<DoorPage> {
    const page = await this.browser.context.newPage();
    await page.goto(this.url);
    return new DoorPage(this.browser, page, this.url);
  }

  /** Waits until the large sentence is this. */
  async says(sentence: string | RegExp, timeoutMs = WAIT_MS): Promise<void> {
    const heading = this.page.getByRole('heading', { name: sentence });
    try {
      await heading.waitFor({ timeout: timeoutMs });
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
