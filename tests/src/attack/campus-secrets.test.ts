// Real: broker with its files, all services as processes at their loudest, models, registry's store, SMTP server, kiosks.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessDenied, buckets, galleryEntry, galleryTemplate } from '@latchkey/contracts';
import {
  asha,
  ben,
  Campus,
  codePictureOf,
  codeTextIn,
  enter,
  KioskClient,
  leave,
  look,
  showCode,
  showWrongCode,
  stranger,
} from '@latchkey/demo';
import { loadSeed, open, openSignedBucket } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { filesIn, type KeptFile } from '../erasure/files.fixture.js';
import { formsOf, heldIn, type Secret } from './secret-forms.pure.js';

const PASSWORD = 'nobody else has this password';
/** How a JPEG begins, whoever wrote it. */
const JPEG = [0xe0, 0xe1, 0xdb].map((third) => Buffer.from([0xff, 0xd8, 0xff, third]));

describe('after a whole run of a campus', { timeout: 240_000 }, () => {
  const opened = new AsyncDisposableStack();
  const logged: string[] = [];
  const seen: Buffer[] = [];
  const secrets = new Map<string, Secret>();
  let campus: Campus;
  let temporary: string;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'latchkey-temporary-'));
    opened.defer(() => rm(temporary, { recursive: true, force: true }));
    const env = { LK_LOG_LEVEL: 'trace', TMPDIR: temporary };
    campus = opened.adopt(await Campus.start({ env, log: (line) => logged.push(line) }), (one) =>
      one.close(),
    );
    const { broker, keysDir } = campus.stack;
    const bus = opened.adopt(await connectAsAdmin(broker.url, keysDir), (one) => one.close());
    bus.nc.subscribe('>', {
      callback: (_, { subject, headers, data }) => {
        // A frame is a picture with the code in it: the designed exception, in the broker's memory for two seconds.
        if (subject.startsWith('lk.v1.frame.')) return;
        seen.push(Buffer.from(JSON.stringify([subject, ...(headers ?? [])])), Buffer.from(data));
      },
    });
    await live();
    await keepKeys(keysDir);
    const gallery = await openSignedBucket(bus, buckets.gallery, galleryEntry, {
      keysDir: keysDir,
      signer: 'registry',
    });
    const sealed = (await gallery.get(asha.id))?.value.sealed ?? '';
    const { vector } = galleryTemplate.parse(
      JSON.parse(Buffer.from(open(await loadSeed(keysDir, 'face'), sealed)).toString()),
    );
    const floats = Buffer.from(vector, 'base64url');
    secrets.set('a template', floats.subarray(800, 832));
    secrets.set('a template in figures', floats.readFloatLE(800).toString().slice(0, 10));
  }, 240_000);
  afterAll(() => opened.disposeAsync());

  /** A member's life at the doors, a stranger's, and an operator's. */
  async function live(): Promise<void> {
    const { gateway, stack } = campus;
    await gateway.call('POST', '/operators', {
      username: 'keeper',
      name: 'Keeper',
      role: 'guard',
      password: PASSWORD,
    });
    const signedIn = await fetch(`${stack.gatewayUrl}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-latchkey': '1' },
      body: JSON.stringify({ username: 'keeper', password: PASSWORD }),
    });
    const [cookie = ''] = signedIn.headers.getSetCookie();
    secrets.set('a cookie', cookie.split(';')[0]?.split('=')[1] ?? '');
    secrets.set('a password', PASSWORD);
    secrets.set('the operator token', stack.operatorToken ?? '');
    const token = await gateway.createDoor('north', { name: 'North' });
    secrets.set('a kiosk’s token', token);
    const door = await KioskClient.connect(stack.kioskUrl, 'north', token);
    opened.defer(() => door.close());
    for (const one of [asha, ben]) await campus.register(one);
    await gateway.call('POST', `/people/${asha.id}/duress-code`);
    await enter(campus, door, asha, asha.face, 1);
    await leave(door);
    await look(door, asha.face);
    await showWrongCode(door, asha.face);
    await leave(door);
    await look(door, ben.face);
    await showCode(door, ben.face, codePictureOf(await campus.codeMail(asha.email, 2)));
    await leave(door);
    await look(door, stranger);
    await campus.bus.waitFor(({ event }) => event.type === accessDenied.type);
    await campus.mail.waitFor(({ subject }) => /action required/i.test(subject), 60_000);
    await keepCodes();
  }

  async function keepCodes(): Promise<void> {
    for (const mail of campus.mail.mails()) {
      if (!mail.attachments.some(({ contentType }) => contentType === 'image/png')) continue;
      const text = await codeTextIn(codePictureOf(mail));
      const name = `code ${secrets.size} of ${mail.to.join()}`;
      secrets.set(name, text.slice(4));
      secrets.set(`${name}, as bytes`, Buffer.from(text.slice(4), 'base64url'));
    }
  }

  async function keepKeys(keysDir: string): Promise<void> {
    for (const file of await readdir(keysDir)) {
      if (!/\.(seed|key|pem)$/.test(file) || /\.(pub|cert)\.pem$|^grpc-[a-z]+\.pem$/.test(file)) {
        continue;
      }
      const text = await readFile(join(keysDir, file), 'utf8');
      const lines = text.split('\n').filter((line) => line.length > 30 && !line.startsWith('-'));
      for (const [at, line] of lines.entries()) secrets.set(`${file}, line ${at + 1}`, line);
    }
  }

  const forms = (wanted: ReadonlyMap<string, Secret>) =>
    new Map([...wanted].map(([name, secret]) => [name, formsOf(secret)]));

  /** Everything that lies on the disk but for the keys themselves, the broker's copy of its own, and the people's mail boxes. */
  async function files(): Promise<KeptFile[]> {
    const isLookedAt = (file: string) =>
      !/^(keys|mail)(\/|$)|^broker\/broker\.key\.pem$/.test(file);
    const folders = [campus.dataDir, temporary];
    return (await Promise.all(folders.map((folder) => filesIn(folder, isLookedAt)))).flat();
  }

  async function metrics(): Promise<Buffer[]> {
    const children = campus.stack.supervisor.children();
    return await Promise.all(
      children.map(async ({ healthUrl }) => {
        const response = await fetch(`${healthUrl}/metrics`);
        return Buffer.from(await response.arrayBuffer());
      }),
    );
  }

  it('no secret lies in any file, in the clear or in another encoding', async () => {
    const wanted = forms(secrets);
    expect([...secrets.values()].filter((secret) => secret.length < 8)).toEqual([]);
    // Two codes that were mailed at the registration, one of duress, one after the entry; each as text and as bytes.
    const codes = [...secrets.keys()].filter((name) => name.startsWith('code'));
    expect(codes.length).toBeGreaterThanOrEqual(8);
    const found = (await files()).flatMap(({ file, bytes }) =>
      heldIn(bytes, wanted).map((name) => `${name} in ${file}`),
    );
    expect(found).toEqual([]);
    // What is no secret is found there: the search sees what lies in the files.
    const known = forms(
      new Map([
        ['an id', asha.id],
        ['a door', 'north'],
      ]),
    );
    const knownIn = (await files()).flatMap(({ bytes }) => heldIn(bytes, known));
    expect(knownIn.length).toBeGreaterThan(5);
  });

  it('no secret passes on the bus, and no address', () => {
    const wanted = forms(new Map([...secrets, ['an address', asha.email], ['a name', asha.name]]));
    // A display greets by name: that is what it is for.
    const said = seen.filter((bytes) => !bytes.includes('"sentence"'));
    expect(said.length).toBeGreaterThan(100);
    expect([...new Set(said.flatMap((bytes) => heldIn(bytes, wanted)))]).toEqual([]);
  });

  it('no secret, address or name stands in a log line at the loudest level, nor in a metric', async () => {
    const wanted = forms(new Map([...secrets, ['an address', asha.email], ['a name', asha.name]]));
    const lines = Buffer.from(logged.join('\n'));
    expect(logged.length).toBeGreaterThan(50);
    expect(heldIn(lines, wanted)).toEqual([]);
    const pages = await metrics();
    expect(pages.every((page) => page.includes('process_cpu'))).toBe(true);
    expect(pages.flatMap((page) => heldIn(page, wanted))).toEqual([]);
  });

  it('no address lies in a file but the registry’s own, and a face in none', async () => {
    const address = forms(new Map([['an address', asha.email]]));
    const others = (await files()).filter(({ file }) => !file.startsWith('registry.db'));
    expect(others.flatMap(({ file, bytes }) => heldIn(bytes, address).map(() => file))).toEqual([]);
    const pictures = (await files()).filter(({ bytes }) =>
      JPEG.some((begin) => bytes.includes(begin)),
    );
    expect(pictures.map(({ file }) => file)).toEqual([]);
  });

  it('nobody’s mail holds another’s code, nor does the photograph that others are sent', async () => {
    const codes = [...secrets].filter(([name]) => name.includes(` of ${asha.email}`));
    const wanted = forms(new Map(codes));
    const others = campus.mail.mails().filter(({ to }) => !to.includes(asha.email));
    expect(others.length).toBeGreaterThan(2);
    for (const { text, html, subject, headers, attachments } of others) {
      const source = Buffer.from(JSON.stringify([text, html, subject, headers]));
      expect(heldIn(source, wanted)).toEqual([]);
      for (const { contentType, contentBase64 } of attachments) {
        const picture = Buffer.from(contentBase64, 'base64');
        if (contentType !== 'image/png' && contentType !== 'image/jpeg') continue;
        const read = await codeTextIn(picture).catch(() => '');
        expect(codes.map(([, code]) => code)).not.toContain(read.slice(4));
      }
    }
  });

  it('what operators may take away, audit, events and answers, holds none of it', async () => {
    const wanted = forms(secrets);
    const paths = [
      '/audit?limit=500',
      '/audit/chain?limit=500',
      '/events?limit=500',
      '/deliveries',
    ];
    for (const path of [...paths, `/people/${asha.id}/held`, '/doors/north', '/status']) {
      const answer = JSON.stringify(await campus.gateway.call('GET', path));
      expect(heldIn(Buffer.from(answer), wanted).map((name) => `${name} in ${path}`)).toEqual([]);
    }
  });

  it('a secret would be found in each of these encodings', () => {
    const code = 'AAECAwQFBgcICQoLDA0ODw';
    const wanted = forms(new Map([['a code', code]]));
    const utf8 = Buffer.from(`x${code}y`);
    const written = [
      utf8,
      Buffer.from(`x${code}y`, 'utf16le'),
      Buffer.from(`x${code}y`, 'utf16le').swap16(),
      ...[0, 1, 2, 3].map((at) =>
        Buffer.from(Buffer.concat([Buffer.alloc(at, '{'), utf8]).toString('base64')),
      ),
      Buffer.from(utf8.toString('base64url')),
      Buffer.from(utf8.toString('hex')),
      Buffer.from(utf8.toString('hex').toUpperCase()),
    ];
    expect(written.filter((bytes) => heldIn(bytes, wanted).length === 0)).toEqual([]);
    expect(heldIn(Buffer.from('nothing of it'), wanted)).toEqual([]);
  });
});
