import { freePort } from '@latchkey/devstack';
import type { OperatorRole } from '@latchkey/contracts';
import { FrontDesk } from './front-desk.fixture.js';
import { CampusProvider, CLIENT, CLIENT_SECRET } from './identity-provider.fixture.js';

export const ANSWER = '/api/v1/sign-in/single-sign-on/answer';

/** A gateway that is connected to a real OpenID provider. */
export class SignOnDesk implements AsyncDisposable {
  private constructor(
    readonly desk: FrontDesk,
    readonly provider: CampusProvider,
    readonly settings: Readonly<Record<string, string>>,
    readonly opened: AsyncDisposableStack,
  ) {}

  static async open(more: Readonly<Record<string, string>> = {}): Promise<SignOnDesk> {
    await using opened = new AsyncDisposableStack();
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const provider = opened.use(await CampusProvider.start(publicUrl + ANSWER));
    const settings = {
      LK_PUBLIC_URL: publicUrl,
      LK_OIDC_ISSUER: provider.issuer,
      LK_OIDC_CLIENT_ID: CLIENT,
      LK_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      LK_OIDC_NAME: 'Campus login',
      ...more,
    };
    const env = { ...settings, LK_GATEWAY_PORT: String(port) };
    const desk = opened.use(await FrontDesk.open({ env }));
    return new SignOnDesk(desk, provider, settings, opened.move());
  }

  /** Invites somebody of whom the provider says that this verified address is theirs. */
  async invite(username: string, as: string, role: OperatorRole = 'guard'): Promise<void> {
    const facts = { username, name: `Name of ${username}`, role, singleSignOn: as };
    const made = await this.desk.ask('POST', '/operators', facts);
    if (made.status !== 201) throw new Error(`not invited: ${JSON.stringify(made.json)}`);
  }

  /** Somebody of whom the provider says that it verified their address; invited where nothing else is said. */
  async person(name: string, { invited = true, ...claims }: Record<string, unknown> = {}) {
    const email = `${name}@campus.example`;
    this.provider.accounts.set(`s-${name}`, { email, email_verified: true, ...claims });
    if (invited) await this.invite(name, email);
    return { account: `s-${name}`, email };
  }

  browser(at = this.desk.gateway.httpUrl ?? ''): SignOnBrowser {
    return new SignOnBrowser(this.provider, at);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.opened.disposeAsync();
  }
}

/** Where a browser was sent on to, and what it was given. */
export interface WentOn {
  readonly status: number;
  readonly to: string;
  readonly cookies: readonly string[];
}

/** Where a browser goes on that was refused with this code. */
export const refused = (code: string) => ({ status: 303, to: `/#/?refused=${code}` });

type Init = Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> };

/** A browser with all its cookies of ours. */
export class SignOnBrowser {
  readonly cookies = new Map<string, string>();
  readonly #provider: CampusProvider;
  readonly #at: string;

  constructor(provider: CampusProvider, at: string) {
    this.#provider = provider;
    this.#at = at;
  }

  /** The same browser before another replica. */
  before(at: string): SignOnBrowser {
    const other = new SignOnBrowser(this.#provider, at);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  async fetch(path: string, init: Init = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#at}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie ? { cookie } : {}), ...init.headers },
      signal: AbortSignal.timeout(30_000),
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Presses the button. @returns the provider's address, or the refusal */
  async begin(place = '', headers: Readonly<Record<string, string>> = {}) {
    const response = await this.fetch('/api/v1/sign-in/single-sign-on', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-latchkey': '1', ...headers },
      body: JSON.stringify({ place }),
    });
    const json = (await response.json()) as Record<string, string>;
    return { status: response.status, url: json['url'] ?? '', code: json['code'] };
  }

  /** Comes back with the provider's answer. */
  async comeBack(url: string, headers: Readonly<Record<string, string>> = {}): Promise<WentOn> {
    const { pathname, search } = new URL(url);
    const response = await this.fetch(pathname + search, { headers });
    await response.arrayBuffer();
    const to = response.headers.get('location') ?? '';
    return { status: response.status, to, cookies: response.headers.getSetCookie() };
  }

  /** The whole way: the button, the provider's pages, back. */
  async signIn(account: string, place = ''): Promise<WentOn> {
    const { url } = await this.begin(place);
    return await this.comeBack(await this.#provider.signIn(url, account));
  }

  /** Who is signed in here; undefined: nobody. */
  async me(): Promise<{ readonly username: string; readonly role: string } | undefined> {
    const response = await this.fetch('/api/v1/me');
    const json = (await response.json()) as { operator?: { username: string; role: string } };
    return json.operator && { username: json.operator.username, role: json.operator.role };
  }
}
