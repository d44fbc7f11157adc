// Real: broker with its permissions, all services as processes, models, store, SMTP server, kiosks, certificates.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { keyNames, OPERATOR_TOKEN, OPERATOR_TOKEN_FILE } from '@latchkey/contracts';
import {
  asha,
  ashaAnotherDay,
  Campus,
  codePictureOf,
  codeTextIn,
  enter,
  KioskClient,
  leave,
} from '@latchkey/demo';
import { retireKey, rotatableNames, rotateKey } from '@latchkey/runtime/rotation';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** Within so long a rotation, a revocation, a change of role takes effect. */
const EFFECT_MS = 5_000;
const PASSWORD = 'correct horse battery';

/** Those of which the registry says when their predecessors may go. */
const NEEDED_BY_THE_REGISTRY = ['master', 'pepper', 'face'];
const CLI = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

describe('while entries go on', { timeout: 300_000 }, () => {
  let campus: Campus;
  let door: KioskClient;
  let entries = 0;
  const lines: string[] = [];

  beforeAll(async () => {
    campus = await Campus.start({ log: (line) => lines.push(line) });
    door = await campus.door('library-north');
    await campus.register(asha);
  });
  afterAll(async () => {
    door?.close();
    await campus?.close();
  });

  /** The member goes in with the code that was mailed last; each entry mails the next. */
  async function entersOnce(): Promise<void> {
    entries += 1;
    expect(await enter(campus, door, asha, ashaAnotherDay, entries)).toBe('granted');
    await leave(door);
  }

  /** Entries, one after the other, until a change must have taken effect. */
  async function enterUntilEffect(sinceMs: number): Promise<void> {
    do await entersOnce();
    while (performance.now() - sinceMs < EFFECT_MS);
  }

  it('every key is rotated, its predecessor taken away, and no entry fails', async () => {
    const { keysDir } = campus.stack;
    await entersOnce();
    // The token's turn comes last: the other tests administer by it.
    const names = (await rotatableNames(keysDir)).filter((name) => name !== OPERATOR_TOKEN);
    const certificates = [...keyNames.certificates.map((name) => `grpc-${name}`), 'broker'];
    const others = names.filter((name) => !certificates.includes(name));
    for (const name of others) await rotateKey(keysDir, name);
    await enterUntilEffect(performance.now());
    // Signed by the new authority, which all know by now.
    for (const name of certificates) await rotateKey(keysDir, name);
    await enterUntilEffect(performance.now());
    // As if the time had come for all: whoever went on with an old key would be refused from now on.
    const nowMs = Date.now() + 365 * 24 * 3600 * 1_000;
    for (const name of NEEDED_BY_THE_REGISTRY) await retires(campus, name);
    for (const name of names) await retireKey(keysDir, name, { needs: [], nowMs });
    await enterUntilEffect(performance.now());
    expect(lines.filter((line) => /LK-KEY-00|LK-BUS-008/.test(line))).toEqual([]);
  });

  it('a kiosk whose token was revoked is sent away', async () => {
    const { kioskUrl } = campus.stack;
    const path = '/doors/yard/kiosk-token';
    const token = await campus.gateway.createDoor('yard', { name: 'Yard' });
    const kiosk = await KioskClient.connect(kioskUrl, 'yard', token);
    const sentAway = kiosk.next(({ type }) => type === 'error', EFFECT_MS);
    await campus.gateway.call('POST', path);
    expect(await sentAway).toMatchObject({ type: 'error' });
    await expect(KioskClient.connect(kioskUrl, 'yard', token)).rejects.toThrow(/LK-KSK-/);
    await entersOnce();
  });

  it('no process shows a secret in its command line or its name', async () => {
    const { keysDir, operatorToken = '' } = campus.stack;
    const secrets = [operatorToken, await codeOf(campus)];
    for (const file of await readdir(keysDir)) {
      if (!/\.(seed|key|pem)$/.test(file) || /\.(pub|cert)\.pem$|^grpc-ca\.pem$/.test(file))
        continue;
      const text = await readFile(join(keysDir, file), 'utf8');
      secrets.push(...text.split('\n').filter((line) => line.length > 30 && !line.startsWith('-')));
    }
    expect(secrets.length).toBeGreaterThan(30);
    const listing = (await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args'])).stdout;
    expect(listing).toContain(campus.dataDir);
    expect(secrets.filter((secret) => listing.includes(secret))).toEqual([]);
  });

  it('an operator who is no administrator any more may not do what one may', async () => {
    await Operator.create(campus, 'ada', 'administrator'); // one must stay
    const operator = await Operator.create(campus, 'eve', 'administrator');
    expect(await operator.ask('GET', '/operators')).toBe(200);
    await operator.becomes('guard');
    // Signed out, and no administrator when signed in again.
    expect(await operator.ask('GET', '/operators')).toBe(401);
    expect(await (await operator.again()).ask('GET', '/operators')).toBe(403);
    await entersOnce();
  });

  it('the operator token is replaced while the gateway runs, and the old one is worth nothing', async () => {
    const { keysDir, gatewayUrl, operatorToken = '' } = campus.stack;
    const answers = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${gatewayUrl}/api/v1/doors`, { headers })).status;
    };
    await rotateKey(keysDir, OPERATOR_TOKEN);
    const token = (await readFile(join(keysDir, OPERATOR_TOKEN_FILE), 'utf8')).trim();
    await vi.waitUntil(async () => (await answers(token)) === 200, EFFECT_MS);
    expect(await answers(operatorToken)).toBe(200);
    await retireKey(keysDir, OPERATOR_TOKEN, { needs: [], nowMs: Date.now() });
    await vi.waitUntil(async () => (await answers(operatorToken)) === 401, EFFECT_MS);
    expect(await answers(token)).toBe(200);
    await entersOnce();
  });
});

/** The code that was mailed first. */
async function codeOf(campus: Campus): Promise<string> {
  return (await codeTextIn(codePictureOf(await campus.codeMail(asha.email)))) ?? '';
}

/** `latchkey keys retire`, which asks the running services. */
async function retires({ stack }: Campus, name: string): Promise<void> {
  const where = ['--dir', stack.keysDir, '--nats', stack.broker.url];
  const { stdout } = await promisify(execFile)(process.execPath, [
    CLI,
    'keys',
    'retire',
    name,
    ...where,
  ]);
  expect(stdout).toContain(`Retired the predecessor of ${name}`);
}

/** Somebody at the console, signed in. */
class Operator {
  private constructor(
    private readonly campus: Campus,
    private readonly username: string,
    private readonly cookie: string,
  ) {}

  static async create(campus: Campus, username: string, role: string): Promise<Operator> {
    await campus.gateway.call('POST', '/operators', {
      username,
      name: username,
      role,
      password: PASSWORD,
    });
    return new Operator(campus, username, '').again();
  }

  async again(): Promise<Operator> {
    const response = await fetch(`${this.campus.stack.gatewayUrl}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-latchkey': '1' },
      body: JSON.stringify({ username: this.username, password: PASSWORD }),
    });
    const [cookie = ''] = response.headers.getSetCookie();
    return new Operator(this.campus, this.username, cookie.split(';')[0] ?? '');
  }

  /** What the gateway answers. */
  async ask(method: string, path: string): Promise<number> {
    const headers = { 'x-latchkey': '1', cookie: this.cookie };
    const url = `${this.campus.stack.gatewayUrl}/api/v1${path}`;
    return (await fetch(url, { method, headers })).status;
  }

  async becomes(role: string): Promise<void> {
    const { gatewayUrl, operatorToken } = this.campus.stack;
    const { status } = await fetch(`${gatewayUrl}/api/v1/operators/${this.username}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${operatorToken}`,
        'content-type': 'application/json',
        'if-match': '"1"',
      },
      body: JSON.stringify({ name: this.username, role, disabled: false }),
    });
    if (status !== 200) throw new Error(`${this.username} was not changed: ${status}`);
  }
}
