import { buckets } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import type { Bucket, Bus } from '@latchkey/runtime';
import { equalSecrets } from '@latchkey/runtime';
import { z } from 'zod';
import { Problem } from '../http/problem.js';
import type { RegistryClient } from '../registry.client.js';
import { sessionKey } from './cookie.pure.js';
import { refuseUntil, type SharedTries } from './shared-tries.js';
import type { LetIn, SignIn } from './sign-in.js';
import type { IdentityProvider } from './single-sign-on.provider.js';
import { newSignOn, secretsOf } from './single-sign-on.pure.js';

/** What is kept of a sign-on while the browser is at the provider: nothing that could be used. */
export const signOn = z.object({ place: z.string(), at: z.number(), used: z.boolean() });
type SignOn = z.infer<typeof signOn>;

/** So long one may be at the provider. */
export const SIGN_ON_MS = buckets.signOns.ttlMs;

/** What single sign-on needs. */
export interface SingleSignOnParts {
  readonly bus: Bus;
  readonly bucket: Bucket<SignOn>;
  /** Of an address. */
  readonly tries: SharedTries;
  readonly registry: RegistryClient;
  readonly signIn: SignIn;
  readonly provider: IdentityProvider;
}

/** Lets operators in who signed in at the campus's own provider. */
export class SingleSignOn {
  readonly #parts: SingleSignOnParts;

  constructor(parts: SingleSignOnParts) {
    this.#parts = parts;
  }

  /** Begins one, from a page of ours. @returns the cookie that the browser is given, and where it goes */
  async begin(place: string, address: string): Promise<{ cookie: string; url: string }> {
    const { bus, bucket, tries, provider } = this.#parts;
    refuseUntil(await tries.add(address));
    const cookie = newSignOn();
    const url = await provider.signInUrl(secretsOf(cookie));
    await bucket.put(sessionKey(cookie), { place, at: bus.nowMs(), used: false });
    return { cookie, url };
  }

  /** Where the browser goes on, whatever becomes of it; undefined where it began none, or too long ago. */
  async placeOf(cookie: string): Promise<string | undefined> {
    return (await this.#find(cookie))?.value.place;
  }

  /**
   * Ends one by the answer that the browser brings: once, at whichever replica, and in the browser that began it.
   * @throws Problem LK-SSO-001, -002, -003
   */
  async finish(cookie: string, query: string, correlationId: string): Promise<LetIn> {
    const { registry, signIn, provider } = this.#parts;
    const secrets = secretsOf(cookie);
    // Before it is used up, so that whoever sends a browser here with another's answer ends nothing.
    const state = new URLSearchParams(query).get('state') ?? '';
    if (!equalSecrets(state, secrets.state)) throw new Problem('LK-SSO-002');
    await this.#useUp(cookie);
    const account = await provider.accountOf(query, secrets);
    const operator = await registry.call(Registry.findBySubject, account, { correlationId });
    return await signIn.enter(operator, 'elsewhere', correlationId);
  }

  /** Where one signs out at the provider, too, if it is known to let one. */
  signOutUrl(): string | undefined {
    return this.#parts.provider.signOutUrl();
  }

  async #useUp(cookie: string): Promise<void> {
    const entry = await this.#find(cookie);
    const written =
      entry &&
      (await this.#parts.bucket.update(
        sessionKey(cookie),
        { ...entry.value, used: true },
        entry.revision,
      ));
    if (written === null || written === 'conflict') throw new Problem('LK-SSO-002');
  }

  async #find(cookie: string) {
    const { bus, bucket } = this.#parts;
    const entry = await bucket.get(sessionKey(cookie));
    const isOpen = entry && !entry.value.used && bus.nowMs() - entry.value.at < SIGN_ON_MS;
    return isOpen ? entry : null;
  }
}
