import type { Logger } from '@latchkey/runtime';
import * as oidc from 'openid-client';
import { Problem } from '../http/problem.js';
import { knownAs, type SignOnSecrets } from './single-sign-on.pure.js';
import { isLoopback, type SingleSignOnFacts } from './single-sign-on.settings.js';

/** An account, as its provider vouches for it. */
export interface VouchedAccount {
  readonly issuer: string;
  /** The account's id at the issuer, which is never given to another. */
  readonly subject: string;
  /** What it is vouched for as, by the claim that counts; '': nothing. */
  readonly knownAs: string;
}

const TIMEOUT_S = 5;
/** So long what the provider told of itself is taken to be so by those who come back from it. */
const TRUST_MS = 10 * 60_000;
/** And by those who are sent there: that it is away is better said by us than by an empty page. */
const TRUST_TO_LEAVE_MS = 1_000;

/** The campus's own OpenID provider. It is asked about itself when somebody first needs it, not before. */
export class IdentityProvider {
  readonly #facts: SingleSignOnFacts;
  readonly #redirectUri: string;
  readonly #log: Logger;
  #signOutUrl: string | undefined;
  #known: { readonly found: Promise<oidc.Configuration>; readonly atMs: number } | undefined;

  constructor(facts: SingleSignOnFacts, redirectUri: string, log: Logger) {
    this.#facts = facts;
    this.#redirectUri = redirectUri;
    this.#log = log;
  }

  /** Where the browser is sent. @throws Problem LK-SSO-003 where the provider does not answer */
  async signInUrl({ state, nonce, verifier }: SignOnSecrets): Promise<string> {
    const found = await this.#configuration(TRUST_TO_LEAVE_MS);
    const url = oidc.buildAuthorizationUrl(found, {
      redirect_uri: this.#redirectUri,
      scope: this.#facts.scopes,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    if (url.protocol !== 'https:' && !isLoopback(url)) throw this.#away('its address is not https');
    return url.href;
  }

  /**
   * Whose the answer is that the browser brought: its state and issuer, then the token's signature, issuer, audience, times
   * and nonce are checked. No token outlives this call.
   * @param query of the answer's address
   * @throws Problem LK-SSO-002 where anything does not fit, LK-SSO-003 where the provider does not answer
   */
  async accountOf(query: string, secrets: SignOnSecrets): Promise<VouchedAccount> {
    const found = await this.#configuration(TRUST_MS);
    try {
      const tokens = await oidc.authorizationCodeGrant(
        found,
        new URL(`${this.#redirectUri}?${query}`),
        {
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.verifier,
        },
      );
      const claims = tokens.claims();
      if (!claims) throw new Error('there is no ID token');
      const { claim } = this.#facts;
      const told =
        claims[claim] === undefined && found.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc.fetchUserInfo(found, tokens.access_token, claims.sub)
          : claims;
      return { issuer: claims.iss, subject: claims.sub, knownAs: knownAs(told, claim) };
    } catch (error) {
      // Only what kind it is: its words and its cause may quote a code or a token.
      this.#log.info({ reason: reasonOf(error) }, 'a single sign-on was not accepted');
      throw isAway(error) ? this.#away('it went away') : new Problem('LK-SSO-002');
    }
  }

  /**
   * Where one signs out there, if it declares such a place. Nobody waits for it: a replica that has not asked yet tells none
   * until it was answered.
   */
  signOutUrl(): string | undefined {
    if (!this.#known) this.#configuration(TRUST_MS).catch(() => undefined);
    return this.#signOutUrl;
  }

  async #configuration(trustMs: number): Promise<oidc.Configuration> {
    const now = performance.now();
    if (!this.#known || this.#known.atMs + trustMs < now) {
      const found = this.#discover();
      this.#known = { found, atMs: now };
      // Whoever comes next asks anew.
      found.catch(() => {
        if (this.#known?.found === found) this.#known = undefined;
      });
    }
    return await this.#known.found;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, secret } = this.#facts;
    // On this machine the test of a provider needs no certificate; the settings let no other plain HTTP in.
    const loopback = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    try {
      const found = await oidc.discovery(issuer, clientId, secret, clientAuth(secret), {
        timeout: TIMEOUT_S,
        execute: [oidc.enableNonRepudiationChecks, ...loopback],
      });
      // The library lets one provider name another issuer than was asked for.
      if (new URL(found.serverMetadata().issuer).href === issuer.href) {
        const place = found.serverMetadata().end_session_endpoint;
        // Without the token of the sign-in, which is not kept: the provider asks whether one means it.
        this.#signOutUrl = place === undefined ? undefined : oidc.buildEndSessionUrl(found).href;
        return found;
      }
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, 'the single sign-on does not answer');
      throw this.#away('it does not answer');
    }
    throw this.#away('it says that it is another issuer');
  }

  #away(why: string): Problem {
    const { name } = this.#facts;
    return new Problem('LK-SSO-003', `Signing in with ${name} is not possible now: ${why}.`);
  }
}

/** In the body where the provider takes it there: the header's encoding of a secret is read in two ways in the field. */
function clientAuth(secret: string): oidc.ClientAuth {
  const inBody = oidc.ClientSecretPost(secret);
  const inHeader = oidc.ClientSecretBasic(secret);
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported;
    (taken?.includes('client_secret_post') ? inBody : inHeader)(server, client, body, headers);
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [error.name, code].filter(Boolean).join(' ');
}

/** No answer at all, or none that is one of a provider that works. */
function isAway(error: unknown): boolean {
  if (error instanceof oidc.ClientError) {
    return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
  }
  return error instanceof TypeError;
}
