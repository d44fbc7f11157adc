// Real: broker, capture, qr, the code reader, pictures of codes. The test plays the registry.
import { type CodesObserved, shownCode } from '@latchkey/contracts';
import { open, type Service } from '@latchkey/runtime';
import { emptyFrame, type QrLook, qrPicture } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Edge } from '../capture/edge.fixture.js';

const CODE = 'LK1.AAECAwQFBgcICQoLDA0ODw';
const OTHER = 'LK1.EBESExQVFhcYGRobHB0eHw';

describe('a code that is shown at a door', () => {
  let edge: Edge;
  let capture: Service;

  beforeAll(async () => {
    edge = await Edge.start();
    capture = await edge.startCapture();
    // What can be read is tried here, not how fast: a slow machine has time for one look else.
    await (await edge.startQr({ LK_QR_BUDGET_MS: '500' })).ready();
  });
  afterAll(() => edge[Symbol.asyncDispose]());

  let doors = 0;
  /** Shows a code at a door of its own, or at one that is given. */
  async function show(text: string, look: QrLook = {}, door = `door-${++doors}`) {
    const kiosk = await edge.kioskAt(capture, door);
    const jpeg = await qrPicture(text, look);
    const from = edge.codes.items.length;
    const seen = edge.codes.first(
      ({ data }) => data.door === door && edge.isOf(data.frame, jpeg),
      from,
    );
    return (await kiosk.showUntil(jpeg, seen)).data;
  }

  const latchkeyCode = ({ codes: [code] }: CodesObserved) => {
    if (code?.kind !== 'latchkey') throw new Error(`expected one of ours, got ${code?.kind}`);
    return code;
  };

  it('is sealed for the registry, with where and when', async () => {
    const seen = await show(CODE);
    const opened = open(await edge.seed('registry'), latchkeyCode(seen).sealed);
    const { door, frame, capturedAt } = seen;
    expect(shownCode.parse(JSON.parse(Buffer.from(opened).toString('utf8')))).toEqual({
      text: CODE,
      door,
      frame,
      capturedAt,
    });
  });

  it('has the same tag for the same code at the same door, and else another', async () => {
    const first = latchkeyCode(await show(CODE, {}, 'gate-a'));
    const again = latchkeyCode(await show(CODE, { tilt: 10 }, 'gate-a'));
    expect(again.tag).toBe(first.tag);
    expect(again.sealed).not.toBe(first.sealed);
    expect(latchkeyCode(await show(OTHER, {}, 'gate-a')).tag).not.toBe(first.tag);
    expect(latchkeyCode(await show(CODE, {}, 'gate-b')).tag).not.toBe(first.tag);
  });

  it('is read tilted, dim, small, mirrored and inverted', async () => {
    const looks: QrLook[] = [
      { tilt: 25 },
      { dim: true },
      { small: true },
      { mirrored: true },
      { inverted: true },
    ];
    for (const look of looks) expect(latchkeyCode(await show(CODE, look)).kind).toBe('latchkey');
  });

  it('that is not ours is told as foreign, and nothing of it', async () => {
    const { codes } = await show('https://example.org/a-poster');
    expect(codes).toEqual([{ kind: 'foreign', box: codes[0]?.box }]);
  });

  it('that is not there is told of too: it was looked for', async () => {
    const kiosk = await edge.kioskAt(capture, 'empty');
    const looked = edge.codes.first(({ data }) => data.door === 'empty');
    expect((await kiosk.showUntil(await emptyFrame(), looked)).data.codes).toEqual([]);
  });

  it('is in no message on the bus, in no letters that any encoding of ours would give it', () => {
    const secrets = [CODE, OTHER].flatMap((code) => [
      code,
      code.slice(4),
      Buffer.from(code).toString('base64url'),
      Buffer.from(code).toString('hex'),
      Buffer.from(code.slice(4), 'base64url').toString('hex'),
    ]);
    const observations = edge.everything.filter(({ subject }) =>
      subject.includes('observation.qr'),
    );
    expect(observations.length).toBeGreaterThan(0);
    const leaks = edge.everything.filter(({ bytes }) =>
      secrets.some((secret) => bytes.includes(secret)),
    );
    expect(leaks.map(({ subject }) => subject)).toEqual([]);
  });
});
