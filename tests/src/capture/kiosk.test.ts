// Real: broker, capture, WebSocket. The test plays the registry (policy) and auth (display).
import { cancelRequested, frameHeaders } from '@latchkey/contracts';
import type { Service } from '@latchkey/runtime';
import { subscribeEvents } from '@latchkey/runtime';
import { emptyFrame } from '@latchkey/vision/samples';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { displayFor, Edge } from './edge.fixture.js';
import { Heard } from './heard.fixture.js';
import { KIOSK_TOKEN } from './kiosk.fixture.js';

describe('a kiosk', () => {
  let edge: Edge;
  let service: Service;

  beforeAll(async () => {
    edge = await Edge.start();
    service = await edge.startCapture();
    await edge.putDoor('library-north');
    await service.ready();
  });
  afterAll(() => edge[Symbol.asyncDispose]());

  const framesAt = (door: string) =>
    edge.everything.filter(({ subject }) => subject.startsWith(`lk.v1.frame.${door}.`));

  it('is refused with a token that is not its door’s, and with no hello', async () => {
    const wrong = await edge.connect(service).hello('library-north', 'a-token-of-another-door-1');
    const nowhere = await edge.connect(service).hello('no-such-door');
    await wrong.error('LK-KSK-001');
    expect(await wrong.closed).toBe(4401);
    await nowhere.error('LK-KSK-001');
    const hasty = await edge.connect(service).hello('library-north', 'short');
    await hasty.error('LK-KSK-002');
    expect(await hasty.closed).toBe(4400);
    expect(framesAt('library-north')).toEqual([]);
  });

  it('is let in with the token of a door that is made known a while after its hello, or is told of anew', async () => {
    const early = await edge.connect(service).hello('gate-early');
    const paired = await edge.connect(service).hello('gate-paired', 'a-token-that-is-paired-now-0');
    await edge.putDoor('gate-paired');
    // A registry that has others to tell of first.
    const begunMs = performance.now();
    for (let n = 0; performance.now() - begunMs < 1_000; n += 1) await edge.putDoor(`gate-${n}`);
    await edge.putDoor('gate-early');
    await edge.putDoor('gate-paired', 'a-token-that-is-paired-now-0');
    await early.welcome();
    await paired.welcome();
    early.show(await emptyFrame());
    await vi.waitFor(() => expect(framesAt('gate-early')).toHaveLength(1), 45_000);
  });

  it('is one of four at its door at most, so that one token cannot take the workers from all doors', async () => {
    const first = await edge.kioskAt(service, 'gate-f');
    const meet = (camera: string) => edge.connect(service).hello('gate-f', KIOSK_TOKEN, camera);
    for (const camera of ['b', 'c', 'd']) await (await meet(camera)).welcome();
    const fifth = await meet('e');
    await fifth.error('LK-KSK-004');
    expect(await fifth.closed).toBe(4429);
    await (await meet('kiosk')).welcome();
    expect(await first.closed).toBe(4409);
    await (await edge.kioskAt(service, 'gate-g')).welcome();
  });

  it('is told what is wrong with bytes that are no JPEG, or too large a one', async () => {
    const kiosk = await edge.kioskAt(service, 'gate-a');
    const jpeg = await emptyFrame();
    kiosk.show(Buffer.from('no picture at all'));
    await kiosk.error('LK-IMG-001');
    let from = kiosk.heard.items.length;
    kiosk.show(jpeg.subarray(0, jpeg.length - 40));
    await kiosk.error('LK-IMG-001', from);
    from = kiosk.heard.items.length;
    kiosk.show(Buffer.concat([jpeg, Buffer.alloc(900 * 1024)]));
    await kiosk.error('LK-IMG-002', from);
    from = kiosk.heard.items.length;
    const background = '#123';
    const wide = sharp({ create: { width: 4097, height: 8, channels: 3, background } }).jpeg();
    kiosk.show(await wide.toBuffer());
    await kiosk.error('LK-IMG-002', from);
    expect(framesAt('gate-a')).toEqual([]);
  });

  it('brings its frame to the bus, with its facts in the headers', async () => {
    const kiosk = await edge.kioskAt(service, 'gate-b');
    const jpeg = await emptyFrame();
    const stored = new Heard<Map<string, string>>();
    const subscription = edge.bus.nc.subscribe('lk.v1.frame.gate-b.kiosk', {
      callback: (_error, message) => {
        expect(Buffer.compare(message.data, jpeg)).toBe(0);
        stored.add(
          new Map([...(message.headers ?? [])].map(([name, [value]]) => [name, value ?? ''])),
        );
      },
    });
    await edge.bus.nc.flush();
    kiosk.show(jpeg);
    const head = await stored.first(() => true);
    subscription.unsubscribe();
    expect(head.get(frameHeaders.id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    expect(head.get(frameHeaders.widthPx)).toBe('640');
    expect(head.get(frameHeaders.heightPx)).toBe('480');
    expect(Number(head.get(frameHeaders.heldMs))).toBeGreaterThanOrEqual(0);
  });

  it('comes by one line for as long as it is connected, and by another when it connects anew', async () => {
    const lines = new Heard<string | undefined>();
    const subscription = edge.bus.nc.subscribe('lk.v1.frame.gate-line.kiosk', {
      callback: (_error, { headers }) => lines.add(headers?.get(frameHeaders.line)),
    });
    await edge.bus.nc.flush();
    const lineOf = async (kiosk: Awaited<ReturnType<Edge['kioskAt']>>) => {
      const from = lines.items.length;
      kiosk.show(await emptyFrame());
      return await lines.first(() => true, from);
    };
    const first = await edge.kioskAt(service, 'gate-line');
    const line = await lineOf(first);
    expect(line).toMatch(/^[A-Za-z0-9_-]{12}$/);
    expect(await lineOf(first)).toBe(line);
    expect(await lineOf(await edge.kioskAt(service, 'gate-line'))).not.toBe(line);
    subscription.unsubscribe();
  });

  it('loses its place at once when its token is revoked', async () => {
    const kiosk = await edge.kioskAt(service, 'gate-c');
    await edge.putDoor('gate-c', 'another-token-another-token');
    await kiosk.error('LK-KSK-001');
    expect(await kiosk.closed).toBe(4401);
    const deleted = await edge.kioskAt(service, 'gate-c');
    await edge.policy.delete('gate-c');
    expect(await deleted.closed).toBe(4401);
  });

  it('shows its door’s display, and makes its wishes heard', async () => {
    const kiosk = await edge.kioskAt(service, 'gate-d');
    const shown = displayFor('gate-d', 'Asha Rao');
    await edge.display.put('gate-d', shown);
    await edge.display.put('gate-e', displayFor('gate-e', 'Somebody Else'));
    const update = await kiosk.heard.first(({ type }) => type === 'display');
    expect(update).toEqual({ type: 'display', display: shown });
    const wishes = new Heard<{ door: string; correlationId: string }>();
    subscribeEvents(edge.bus, cancelRequested, {}, (event) =>
      wishes.add({ door: event.data.door, correlationId: event.correlationid }),
    );
    await edge.bus.nc.flush();
    kiosk.say({ type: 'cancel' });
    expect(await wishes.first(() => true)).toEqual({
      door: 'gate-d',
      correlationId: shown.attempt,
    });
    const again = await edge.connect(service).hello('gate-d');
    expect(await kiosk.closed).toBe(4409);
    await again.heard.first(({ type }) => type === 'display');
    expect(JSON.stringify(again.heard.items)).not.toContain('Somebody Else');
  });
});
