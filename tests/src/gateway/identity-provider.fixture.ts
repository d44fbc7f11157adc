import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

export const CLIENT = 'latchkey';
export const CLIENT_SECRET = 'a secret that only Latchkey and its provider know';
const KEY = { kid: 'campus', alg: 'RS256', use: 'sig' };

/** What the provider says of an account. */
export type Claims = Readonly<Record<string, unknown>>;

/** An ID token as the provider made it, and how it would sign another. */
export interface Forgery {
  readonly claims: JWTPayload;
  readonly sign: (claims: JWTPayload) => Promise<string>;
}

/** A real OpenID provider on this machine: `oidc-provider`, with accounts that a test names and its own sign-in page. */
export class CampusProvider implements AsyncDisposable {
  readonly issuer: string;
  readonly accounts = new Map<string, Claims>();
  /** What an ID token is replaced by before it is answered. */
  forge: ((forgery: Forgery) => Promise<string>) | undefined;
  readonly #server: Server;

  private constructor(issuer: string, server: Server) {
    this.issuer = issuer;
    this.#server = server;
  }

  /** `redirectUri`: the only one that it knows. `port`: to come back at the same place. */
  static async start(redirectUri: string, port = 0): Promise<CampusProvider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    let answer: ReturnType<Provider['callback']> | undefined;
    const server = createServer((request, response) => void answer?.(request, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    // By name: pages of another site than the console's, which is at 127.0.0.1.
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
    const campus = new CampusProvider(issuer, server);
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: CLIENT_SECRET,
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [new URL('/', redirectUri).href],
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), ...KEY }] },
      cookies: { keys: ['only for tests'] },
      claims: {
        openid: ['sub', 'role', 'roles', 'groups', 'admin'],
        email: ['email', 'email_verified'],
        profile: ['preferred_username'],
      },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      pkce: { required: () => true },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, ...campus.accounts.get(id) }),
      }),
    });
    provider.use(async (context, next) => {
      await next();
      const { body, path } = context;
      if (path !== '/token' || !campus.forge || !hasIdToken(body)) return;
      const claims = decodeJwt(body.id_token);
      const sign = (changed: JWTPayload) =>
        new SignJWT(changed).setProtectedHeader({ alg: KEY.alg, kid: KEY.kid }).sign(privateKey);
      context.body = { ...body, id_token: await campus.forge({ claims, sign }) };
    });
    answer = provider.callback();
    return campus;
  }

  /** Signs in at the provider's pages as a browser of its own. @returns where it sends the browser back to */
  async signIn(url: string, account: string): Promise<string> {
    const jar = new Map<string, string>();
    let at = await this.#follow(jar, url);
    for (const form of [
      { prompt: 'login', login: account, password: 'any' },
      { prompt: 'consent' },
    ]) {
      if (!at.startsWith(this.issuer)) break;
      at = await this.#follow(jar, at, new URLSearchParams(form));
    }
    return at;
  }

  /** Goes on until a page of the provider asks something, or the browser is sent elsewhere. */
  async #follow(jar: Map<string, string>, url: string, form?: URLSearchParams): Promise<string> {
    let at = url;
    let body = form;
    for (;;) {
      if (!at.startsWith(this.issuer)) return at;
      const response = await fetch(at, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body ? { body } : {}),
      });
      for (const header of response.headers.getSetCookie()) {
        const [pair = ''] = header.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      await response.arrayBuffer();
      const next = response.headers.get('location');
      if (next === null) return at;
      at = new URL(next, at).href;
      body = undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function hasIdToken(body: unknown): body is { readonly id_token: string } {
  return typeof body === 'object' && body !== null && 'id_token' in body;
}
