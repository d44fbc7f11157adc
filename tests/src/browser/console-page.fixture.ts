import type { Campus } from '@latchkey/demo';
import type { Locator, Page } from 'playwright-core';
import { type BrowserFacts, TestBrowser } from './browser.fixture.js';

/** Every operator's. */
export const PASSWORD = 'correct horse battery';
/** So many fields and links one passes at most until one is where one wants to be. */
const TABS_AT_MOST = 60;

/** The console in a browser, in which an operator is signed in. */
export class ConsolePage {
  private constructor(
    readonly browser: TestBrowser,
    private readonly url: string,
  ) {}

  /** Opens a place of the console, such as `#/people`, as an operator that is made for it. */
  static async open(
    campus: Campus,
    place: string,
    { username, role = 'administrator', ...facts }: OperatorFacts,
  ): Promise<ConsolePage> {
    const operator = { username, name: `Operator ${username}`, role, password: PASSWORD };
    await campus.gateway.call('POST', '/operators', operator);
    const browser = await TestBrowser.open(facts);
    const opened = new ConsolePage(browser, campus.stack.gatewayUrl);
    await opened.goTo(place);
    await opened.signIn(username);
    return opened;
  }

  /** A browser that is open, at the console of an address. */
  static of(browser: TestBrowser, url: string): ConsolePage {
    return new ConsolePage(browser, url);
  }

  async signIn(username: string): Promise<void> {
    await this.page.getByLabel('Username').fill(username);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.keyboard.press('Enter');
    // On a phone the menu is folded away; its head is there.
    await this.page.getByRole('banner').waitFor();
  }

  get page(): Page {
    return this.browser.page;
  }

  async goTo(place: string): Promise<void> {
    await this.page.goto(`${this.url}/${place}`);
  }

  /** Presses Tab until something has the focus, as who has no mouse must. */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    const focused = target.and(this.page.locator(':focus'));
    for (let tabs = 0; tabs < TABS_AT_MOST; tabs++) {
      if ((await focused.count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not lead to ${String(target)}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Who is signed in, and in what kind of browser. */
interface OperatorFacts extends BrowserFacts {
  readonly username: string;
  readonly role?: 'administrator' | 'enroller' | 'guard' | 'auditor';
}
