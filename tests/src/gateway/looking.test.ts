// Real: broker, face worker with its models, registry, gateway over HTTP, the mail catcher with its inbox, seals.
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startMailCatcher } from '@latchkey/devstack';
import { publishFrame } from '@latchkey/runtime';
import { createCodeReader, decodeGrey } from '@latchkey/vision';
import { doorFrame, qrPicture, samplePerson } from '@latchkey/vision/samples';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

const CODE = 'LK1.AAECAwQFBgcICQoLDA0ODw';
let desk: FrontDesk;

beforeAll(async () => {
  desk = await FrontDesk.open({ face: true });
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

describe('a door’s picture', () => {
  it('is what its camera sees now, and no code in it can be read', async () => {
    const reader = await createCodeReader();
    const held = await sharp(await qrPicture(CODE))
      .resize(426)
      .toBuffer();
    const jpeg = await sharp(await doorFrame(samplePerson('sample5@610')))
      .resize(1280, 960)
      .composite([{ input: held, left: 0, top: 500 }])
      .jpeg()
      .toBuffer();
    const before = await reader.read(await decodeGrey(jpeg), { budgetMs: 2_000 });
    expect(before.map(({ text }) => text)).toContain(CODE);
    // A camera goes on: the broker keeps a frame for two seconds alone.
    const film = () => {
      const where = { id: randomUUID(), door: 'north', camera: 'main', heldMs: 0, mirrored: false };
      return publishFrame(desk.gateway.bus, { ...where, widthPx: 1280, heightPx: 960 }, jpeg);
    };
    await film();
    const camera = setInterval(() => void film(), 500);
    const answer = await desk.fetch('/doors/north/picture').finally(() => clearInterval(camera));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Date.now() - Date.parse(answer.headers.get('last-modified') ?? '')).toBeLessThan(60_000);
    const seen = await decodeGrey(new Uint8Array(await answer.arrayBuffer()));
    expect([seen.width, seen.height]).toEqual([960, 720]);
    expect(await reader.read(seen, { budgetMs: 2_000 })).toEqual([]);
  });

  it('of a door without a camera is told to be missing', async () => {
    expect(await desk.ask('GET', '/doors/nowhere/picture')).toMatchObject({
      status: 404,
      json: { code: 'LK-DOR-004' },
    });
  });
});

describe('the models', () => {
  const report = (at: string, figures: object) =>
    JSON.stringify({ what: 'codes', at, pack: null, figures });

  it('are those that the worker runs, with the newest report of each kind', async () => {
    const folder = join(desk.folder, 'evaluations');
    await mkdir(folder);
    const files = {
      'codes-1.json': report('2026-11-20T10:00:00Z', { decoded: 1 }),
      'codes-2.json': report('2026-11-21T10:00:00Z', { decoded: 2, msMedian: null }),
      'broken.json': '{',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { json } = await desk.ask('GET', '/models');
    expect(json).toMatchObject({
      pack: {
        models: { embed: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
        // As shipped, though nobody has measured them here.
        figures: [
          {
            what: 'faces',
            figures: { threshold: 0.4, fmrHigh: a('number'), fnmrHigh: a('number') },
          },
          {
            what: 'gallery',
            figures: {
              measured100: { fpir: a('number'), fpirByPersonHigh: a('number'), strangers: 66 },
              extrapolated10000: { fpirLook: a('number'), fnirLikely: a('number') },
            },
          },
          {
            what: 'liveness',
            figures: {
              screen: { apcerPassive: a('number'), presentations: 66 },
              live: { bpcerPassive: a('number'), bpcerPassiveByPersonHigh: a('number') },
            },
          },
        ],
      },
      evaluations: [{ what: 'codes', figures: { decoded: 2, msMedian: null } }],
    });
  });
});

/** Anything of that type. */
const a = (type: 'number') => expect.toSatisfy((value) => typeof value === type) as unknown;

describe('the inbox', () => {
  const picture = Buffer.from('pretend PNG').toString('base64');
  const caught = {
    id: 'm1',
    receivedAt: '2026-11-22T10:00:00.000Z',
    from: 'door@example.org',
    to: ['asha@example.org'],
    subject: 'Your code',
    messageId: '<1@example.org>',
    text: 'Hello',
    html: '<p>Hello</p><img src="cid:code">',
    headers: {},
    attachments: [
      {
        filename: 'code.png',
        contentType: 'image/png',
        cid: 'code',
        disposition: 'inline',
        sizeBytes: 11,
        contentBase64: picture,
      },
    ],
  };

  it('shows mails as they look, with their own pictures in them', async () => {
    const dataDir = join(desk.folder, 'mail');
    await mkdir(join(dataDir, 'mails'), { recursive: true });
    await writeFile(join(dataDir, 'mails', 'm1.json'), JSON.stringify(caught));
    await using catcher = await startMailCatcher({ dataDir });
    await using other = await desk.another('inbox', { LK_INBOX_URL: catcher.inboxUrl });
    const ask = async (path: string) =>
      await fetch(`${other.httpUrl}/api/v1/inbox${path}`, {
        headers: { authorization: `Bearer ${desk.token}` },
      });
    const list = await (await ask('?to=asha@example.org')).json();
    expect(list).toMatchObject({ mails: [{ id: 'm1', subject: 'Your code' }] });
    expect(await (await ask('?to=ben@example.org')).json()).toEqual({ mails: [] });
    expect(await (await ask('/m1')).json()).toMatchObject({
      text: 'Hello',
      html: `<p>Hello</p><img src="data:image/png;base64,${picture}">`,
      attachments: [{ filename: 'code.png', inline: true }],
    });
    const page = await ask('/m1/page');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox/);
    expect(await page.text()).toBe(`<p>Hello</p><img src="data:image/png;base64,${picture}">`);
    const attachment = await ask('/m1/attachments/0');
    expect(attachment.headers.get('content-type')).toBe('image/png');
    expect(await attachment.text()).toBe('pretend PNG');
    for (const path of ['/m2', '/m1/attachments/7', '/..%2F']) {
      expect(await (await ask(path)).json()).toMatchObject({ code: 'LK-MAIL-007' });
    }
    await catcher.close();
    expect(await (await ask('')).json()).toMatchObject({ status: 503, code: 'LK-MAIL-001' });
  });

  it('is told to be none where mails go to a real server', async () => {
    expect(await desk.ask('GET', '/inbox')).toMatchObject({
      status: 404,
      json: { code: 'LK-MAIL-006' },
    });
  });
});
