// Real: broker, capture, qr, WebSockets, the code reader. The test plays the registry.
import { once } from 'node:events';
import { connect } from 'node:net';
import { FRAME_MAX_BYTES } from '@latchkey/contracts';
import { Capture } from '@latchkey/capture';
import type { Service } from '@latchkey/runtime';
import { emptyFrame, qrPicture } from '@latchkey/vision/samples';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Edge } from '../capture/edge.fixture.js';
import { KIOSK_TOKEN } from '../capture/kiosk.fixture.js';

const CODE = 'LK1.AAECAwQFBgcICQoLDA0ODw';
let edge: Edge;
let capture: Service;
beforeAll(async () => {
  edge = await Edge.start();
  capture = await edge.startCapture();
  // On a slow machine, too, the next code is to be read.
  await (await edge.startQr({ LK_QR_BUDGET_MS: '500' })).ready();
  await edge.putDoor('gate-a');
  await capture.ready();
});
afterAll(() => edge[Symbol.asyncDispose]());

/** Shows a picture at a door until qr has told what it saw. */
async function shown(door: string, jpeg: Uint8Array) {
  const kiosk = await edge.kioskAt(capture, door);
  const from = edge.codes.items.length;
  const seen = edge.codes.first(({ data }) => data.door === door, from);
  return (await kiosk.showUntil(jpeg, seen)).data.codes;
}

/** Bytes on a bare WebSocket. @returns the code it is closed with */
async function closedAfter(send: (socket: WebSocket) => void): Promise<number> {
  const socket = new WebSocket(capture.get(Capture).kioskUrl);
  socket.on('open', () => send(socket));
  socket.on('error', () => undefined);
  return await new Promise((resolve) => socket.on('close', resolve));
}

it.each([
  ['as long as one can be', `LK1.${'A'.repeat(2_300)}`, 'foreign'],
  ['with bytes that are no text', 'LK1.\u0000\u0001\u001b[2J\u007f\u0085\u202e', 'latchkey'],
  ['with a line’s end and JSON', 'LK1.\r\n","kind":"latchkey","tag":"', 'latchkey'],
])(
  'a code %s is told as any other, sealed or as foreign, and the next one is read',
  async (what, text, kind) => {
    const door = `gate-${what.split(' ').at(-1)?.toLowerCase()}`;
    const told = await shown(door, await qrPicture(text));
    expect(told.map((code) => code.kind)).toEqual([kind]);
    expect(JSON.stringify(told)).not.toContain(text.slice(4, 12));
    expect((await shown(`${door}-next`, await qrPicture(CODE)))[0]?.kind).toBe('latchkey');
  },
);

it('a JPEG that is small and huge once unpacked, or says so, is looked at or refused, and the next one is read', async () => {
  const blank = {
    create: { width: 4_096, height: 4_096, channels: 3, background: '#777' },
  } as const;
  expect(await shown('gate-wide', await sharp(blank).jpeg().toBuffer())).toEqual([]);
  const kiosk = await edge.kioskAt(capture, 'gate-lies');
  const lying = Buffer.from(await emptyFrame());
  const size = lying.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  lying.writeUInt16BE(65_500, size);
  lying.writeUInt16BE(65_500, size + 2);
  kiosk.show(lying);
  await kiosk.error('LK-IMG-002');
  expect((await shown('gate-after', await qrPicture(CODE)))[0]?.kind).toBe('latchkey');
});

it('a JPEG of thousands of scans is refused before anybody looks at it', async () => {
  const whole = await sharp(await emptyFrame())
    .jpeg({ progressive: true })
    .toBuffer();
  const end = whole.subarray(-2);
  const scan = whole.subarray(whole.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
  const scans = Array.from({ length: 2_000 }, () => scan);
  const kiosk = await edge.kioskAt(capture, 'gate-scans');
  kiosk.show(Buffer.concat([whole.subarray(0, -2), ...scans, end]));
  await kiosk.error('LK-IMG-001');
  expect((await shown('gate-scans', await qrPicture(CODE)))[0]?.kind).toBe('latchkey');
  expect((await shown('gate-progressive', whole)).length).toBe(0);
});

/** Asks for a WebSocket where there is none, and resets the connection. */
async function asksAndHangsUp(): Promise<void> {
  const { hostname, port } = new URL(capture.get(Capture).kioskUrl);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  const head = ['GET /elsewhere HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'];
  socket.write(`${head.join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy());
  await closed;
}

it('who asks for a WebSocket elsewhere and hangs up at once ends nothing', async () => {
  const others = await edge.kioskAt(capture, 'gate-hung');
  for (let tries = 0; tries < 200; tries += 1) await asksAndHangsUp();
  const seen = edge.codes.first(({ data }) => data.door === 'gate-hung');
  expect((await others.showUntil(await emptyFrame(), seen)).data.door).toBe('gate-hung');
});

it('a WebSocket that sends too much at once, a hello that is none, or nothing, is closed; others go on', async () => {
  const others = await edge.kioskAt(capture, 'gate-a');
  const hello = JSON.stringify({ type: 'hello', door: 'gate-a', camera: 'b', token: KIOSK_TOKEN });
  const tooMuch = closedAfter((socket) => {
    socket.send(hello);
    socket.send(Buffer.alloc(8 * FRAME_MAX_BYTES));
  });
  const noHello = closedAfter((socket) => socket.send('['.repeat(50_000)));
  const binary = closedAfter((socket) => socket.send(Buffer.from(hello)));
  const silent = closedAfter(() => undefined);
  expect(await tooMuch).toBe(1009);
  expect(await noHello).toBe(4400);
  expect(await binary).toBe(4400);
  expect(await silent).toBe(4408);
  expect(
    (
      await others.showUntil(
        await emptyFrame(),
        edge.codes.first(({ data }) => data.door === 'gate-a'),
      )
    ).data.door,
  ).toBe('gate-a');
});

/** A kiosk that was let in, on a bare WebSocket. */
async function welcomedAt(door: string): Promise<{ socket: WebSocket; heard: string[] }> {
  await edge.putDoor(door);
  const socket = new WebSocket(capture.get(Capture).kioskUrl);
  const heard: string[] = [];
  const welcome = new Promise((resolve) =>
    socket.on('message', (data: Buffer) => {
      heard.push(data.toString());
      resolve(data);
    }),
  );
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'hello', door, camera: 'kiosk', token: KIOSK_TOKEN }));
  await welcome;
  return { socket, heard };
}

it('a kiosk that was let in and dribbles a message, or sends it in pieces without end, holds up nobody', async () => {
  const others = await edge.kioskAt(capture, 'gate-o');
  const othersGoOn = async () => {
    const from = edge.codes.items.length;
    const seen = edge.codes.first(({ data }) => data.door === 'gate-o', from);
    return (await others.showUntil(await emptyFrame(), seen)).data.door;
  };
  const { socket, heard } = await welcomedAt('gate-dribble');
  expect(heard[0]).toContain('welcome');
  socket.send('{"type":', { fin: false });
  expect(await othersGoOn()).toBe('gate-o');
  const answer = once(socket, 'message');
  socket.send('"nonsense"}', { fin: true });
  expect(String(await answer)).toContain('LK-KSK-002');
  const closed = once(socket, 'close');
  for (let sent = 0; sent < 20_000; sent += 1) socket.send('x', { fin: false });
  expect((await closed)[0]).toBe(1008);
  expect(await othersGoOn()).toBe('gate-o');
});

it('strangers who connect by the hundred and say nothing keep no kiosk out', async () => {
  const { kioskUrl } = capture.get(Capture);
  // Five addresses of this machine; those of one are 32 at most.
  const strangers = Array.from({ length: 200 }, (_, n) => {
    const stranger = new WebSocket(kioskUrl, { localAddress: `127.0.0.${2 + (n % 5)}` });
    return stranger.on('error', () => undefined);
  });
  await Promise.all(strangers.map((one) => Promise.race([once(one, 'open'), once(one, 'close')])));
  expect(strangers.filter((one) => one.readyState === WebSocket.OPEN).length).toBeGreaterThan(100);
  const { socket, heard } = await welcomedAt('gate-crowd');
  expect(heard[0]).toContain('welcome');
  for (const one of [...strangers, socket]) one.terminate();
});
