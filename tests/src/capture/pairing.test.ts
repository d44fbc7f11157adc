// Real: broker, capture with its certificate, HTTP and WebSocket. The test plays the registry's side of a pairing.
import { join } from 'node:path';
import { request as httpsRequest } from 'node:https';
import { buckets, doorPresence, kioskPair, kioskPairing, presenceKey } from '@latchkey/contracts';
import { Capture } from '@latchkey/capture';
import { openBucket, open, type Service } from '@latchkey/runtime';
import { ownCertificate } from '@latchkey/devstack';
import { emptyFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { digestOf, Edge } from './edge.fixture.js';
import { KIOSK_TOKEN } from './kiosk.fixture.js';

const CODE = 'K7QM-4FXA';

describe('a kiosk’s page', () => {
  let edge: Edge;
  let service: Service;
  let ca: string;
  let page: string;
  const asked: string[] = [];

  beforeAll(async () => {
    edge = await Edge.start();
    const made = await ownCertificate(join(edge.dataDir, 'tls'), 'kiosk', ['127.0.0.1']);
    ca = made.cert;
    service = await edge.startCapture({
      LK_INSTANCE: 'edge.north',
      LK_TLS_CERT_FILE: made.certFile,
      LK_TLS_KEY_FILE: made.keyFile,
      LK_KIOSK_TLS_HOST: '127.0.0.1',
      LK_KIOSK_TLS_PORT: '0',
    });
    await service.ready();
    page = service.get(Capture).kioskUrl.replace('ws:', 'http:');
    const seed = await edge.seed('registry');
    edge.bus.nc.subscribe(kioskPair.template, {
      callback: (_error, message) => {
        const sealed = new TextDecoder().decode(message.data);
        asked.push(sealed);
        const { code } = kioskPairing.parse(
          JSON.parse(new TextDecoder().decode(open(seed, sealed))),
        );
        const reply =
          code === CODE
            ? { ok: true, door: 'gate', name: 'The gate' }
            : { ok: false, code: 'LK-KSK-005', message: 'The pairing code is not valid.' };
        message.respond(JSON.stringify(reply));
      },
    });
    await edge.bus.nc.flush();
  });
  afterAll(() => edge[Symbol.asyncDispose]());

  const pair = (body: unknown, type = 'application/json') =>
    fetch(`${page}/pair`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('is paired by the code, which only the registry can read on the bus', async () => {
    const tokenDigest = await digestOf(KIOSK_TOKEN);
    const answer = await pair({ code: CODE, tokenDigest });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ door: 'gate', name: 'The gate' });
    const wrong = await pair({ code: 'WRNG-CODE', tokenDigest });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ code: 'LK-KSK-005' });
    expect(asked.join()).not.toContain('K7QM');
    const passed = edge.everything.map(({ bytes }) => bytes.toString('latin1')).join();
    expect(passed).not.toContain('K7QM');
  });

  it('is refused before anyone is asked where it sends no pairing', async () => {
    const before = asked.length;
    expect((await pair('{"code":')).status).toBe(400);
    expect((await pair({ code: CODE, tokenDigest: 'short' })).status).toBe(400);
    expect((await pair({ code: CODE }, 'text/plain')).status).toBe(400);
    expect((await pair('x'.repeat(5_000))).status).toBe(413);
    expect(asked.length).toBe(before);
  });

  it('has few wrong codes answered at a time from one address', async () => {
    const tokenDigest = await digestOf(KIOSK_TOKEN);
    const guesses = Array.from({ length: 8 }, () => pair({ code: 'AAAA-AAAA', tokenDigest }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });

  it('is served over TLS as well, where kiosks connect the same way', async () => {
    const { kioskTlsUrl = '' } = service.get(Capture);
    const asking = httpsRequest(kioskTlsUrl.replace('wss:', 'https:'), { ca }).end();
    const status = await new Promise((resolve, reject) => {
      asking.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });
    expect([200, 404]).toContain(status);
    await edge.putDoor('secure');
    const socket = new WebSocket(kioskTlsUrl, { ca });
    const heard = new Promise<string>((resolve, reject) => {
      socket.on('message', (data: Buffer) => resolve(data.toString('utf8'))).on('error', reject);
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'hello', door: 'secure', token: KIOSK_TOKEN }));
    expect(JSON.parse(await heard)).toMatchObject({ type: 'welcome', door: 'secure' });
    socket.terminate();
  });

  it('is present at its door from its welcome until it leaves', async () => {
    const presence = await openBucket(edge.bus, buckets.presence, doorPresence);
    const capture = 'edge.north';
    const told = async () => (await presence.get(presenceKey({ door: 'hall', capture })))?.value;
    const bound = { timeout: 45_000, interval: 50 };
    const kiosk = await edge.kioskAt(service, 'hall');
    kiosk.show(await emptyFrame());
    await vi.waitFor(async () => {
      expect(await told()).toMatchObject({ door: 'hall', capture, kiosks: 1 });
    }, bound);
    kiosk.close();
    await vi.waitFor(async () => expect(await told()).toBeUndefined(), bound);
  });
});
