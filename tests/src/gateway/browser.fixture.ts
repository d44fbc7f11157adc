import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperatorRole } from '@latchkey/contracts';
import type { Answer, FrontDesk } from './front-desk.fixture.js';

export const PASSWORD = 'correct horse battery';

/** A browser at the console: it keeps its cookie, and sends what the console's own scripts send. */
export class Browser {
  readonly #desk: FrontDesk;
  readonly #at: string;
  cookie: string | undefined;
  #cookieName = 'latchkey';

  /** `at`: another replica of the gateway than the desk's own. */
  constructor(desk: FrontDesk, at = desk.gateway.httpUrl ?? '') {
    this.#desk = desk;
    this.#at = at;
  }

  /** The same browser before another replica. */
  before(at: string): Browser {
    const other = new Browser(this.#desk, at);
    other.cookie = this.cookie;
    other.#cookieName = this.#cookieName;
    return other;
  }

  async ask(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await this.fetch(method, path, body, headers);
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^((?:__Host-)?latchkey)=([^;]*)/.exec(header) ?? [];
      this.#cookieName = name ?? this.#cookieName;
      this.cookie = value === '' ? undefined : value;
    }
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, json };
  }

  /** The bare answer; the cookie is left as it is. */
  async fetch(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const cookie =
      this.cookie === undefined ? {} : { cookie: `${this.#cookieName}=${this.cookie}` };
    return await fetch(`${this.#at}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-latchkey': '1', ...cookie, ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(20_000),
    });
  }

  async signIn(username: string, password = PASSWORD, code?: string): Promise<Answer> {
    return await this.ask('POST', '/sign-in', { username, password, ...(code ? { code } : {}) });
  }
}

/** What the one-time link ends in. */
export async function linkToken(desk: FrontDesk): Promise<string> {
  const { json } = await new Browser(desk).ask('GET', '/first-administrator');
  if (json['needed'] !== true) throw new Error('no first administrator is needed');
  const link = await readFile(join(desk.folder, 'first-admin.link'), 'utf8');
  return link.trim().split('/#/welcome/')[1] ?? '';
}

/** An operator made by the holder of the token, and signed in. */
export async function newOperator(
  desk: FrontDesk,
  username: string,
  role: OperatorRole,
): Promise<Browser> {
  const facts = { username, name: `Name of ${username}`, role, password: PASSWORD };
  const made = await desk.ask('POST', '/operators', facts);
  if (made.status !== 201)
    throw new Error(`${username} was not made: ${JSON.stringify(made.json)}`);
  const browser = new Browser(desk);
  const { status, json } = await browser.signIn(username);
  if (status !== 200) throw new Error(`${username} was not let in: ${JSON.stringify(json)}`);
  return browser;
}
