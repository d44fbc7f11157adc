import { buckets } from '@latchkey/contracts';
import { openBucket, type Service } from '@latchkey/runtime';
import { z } from 'zod';
import { addPasskey, Authenticator } from '../gateway/authenticator.fixture.js';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

/** Where the console is reached from outside, at each replica. */
export const ORIGIN = 'https://latchkey.example';

/** How a sign-in by passkey is refused, and an addition. */
export const refusal = { status: 401, json: { code: 'LK-PKY-001' } };
export const notAdded = { status: 422, json: { code: 'LK-PKY-002' } };

/** Two replicas of the gateway behind one address, and operators with passkeys. */
export class PasskeyDesk implements AsyncDisposable {
  private constructor(
    readonly desk: FrontDesk,
    readonly replica: Service,
  ) {}

  static async open(): Promise<PasskeyDesk> {
    const desk = await FrontDesk.open({ env: { LK_PUBLIC_URL: `${ORIGIN}/` } });
    return new PasskeyDesk(desk, await desk.another('replica'));
  }

  /** A browser with nobody signed in. */
  browser(at?: string): Browser {
    return new Browser(this.desk, at);
  }

  /** As if a while had passed: what is tried in a test all comes from one address. */
  async forgetTries(): Promise<void> {
    const tries = await openBucket(this.desk.gateway.bus, buckets.tries, z.unknown());
    for (const key of await tries.keys()) await tries.delete(key);
  }

  /** A guard who is signed in, and the device that holds their passkey. */
  async withPasskey(username: string): Promise<{ browser: Browser; device: Authenticator }> {
    const browser = await newOperator(this.desk, username, 'guard');
    const device = new Authenticator(ORIGIN);
    const { status, json } = await addPasskey(browser, device);
    if (status !== 201) throw new Error(`no passkey was added: ${JSON.stringify(json)}`);
    return { browser, device };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.replica.close();
    await this.desk[Symbol.asyncDispose]();
  }
}

/** Their own passkeys, as an operator sees them. */
export async function passkeysOf(browser: Browser) {
  const { json } = await browser.ask('GET', '/me/passkeys');
  return json['passkeys'] as { readonly id: string; readonly suspect: boolean }[];
}
