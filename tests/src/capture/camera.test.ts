// Real: broker, capture, face, models, files of pictures. The test plays the registry (gallery).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  facesObserved,
  frameHeaders,
  frameSubject,
  paramsOf,
  parseEnvelope,
} from '@latchkey/contracts';
import { doorFrame, samplePerson } from '@latchkey/vision/samples';
import type { Msg } from '@nats-io/nats-core';
import { expect, it } from 'vitest';
import { Edge } from './edge.fixture.js';

/** A frame counts as lost after 0.7 s at least; the stamps are taken a little later than it is counted from. */
const LOST_MS = 500;

/** What passed on the bus: a frame that was sent, or the news that one was seen. */
interface Passed {
  readonly what: 'sent' | 'seen';
  readonly door: string;
  readonly frame: string;
  readonly sentAtMs: number;
}

function passedIn({ subject, headers, data }: Msg): Passed[] {
  const { door } = paramsOf(frameSubject, subject) ?? {};
  if (door) {
    const frame = headers?.get(frameHeaders.id) ?? '';
    return [{ what: 'sent', door, frame, sentAtMs: Number(headers?.get(frameHeaders.sentAtMs)) }];
  }
  if (!paramsOf(facesObserved, subject)) return [];
  const seen = facesObserved.data.parse(parseEnvelope(data).data);
  return [{ what: 'seen', door: seen.door, frame: seen.frame, sentAtMs: 0 }];
}

/** Whether a frame was sent though the one before it was neither seen nor lost. */
function isHurried(one: Passed, before: readonly Passed[]): boolean {
  const last = before.findLast(({ what }) => what === 'sent');
  if (one.what !== 'sent' || !last) return false;
  const isSeen = before.some(({ what, frame }) => what === 'seen' && frame === last.frame);
  return !isSeen && one.sentAtMs - last.sentAtMs < LOST_MS;
}

it('cameras that play a folder and an MJPEG file have one frame each on its way', {
  timeout: 120_000,
}, async () => {
  await using edge = await Edge.start();
  const [a, b] = await Promise.all(
    ['sample1@413', 'sample3@593'].map((id) => doorFrame(samplePerson(id))),
  );
  if (!a || !b) throw new Error('two pictures are needed');
  const folder = join(edge.dataDir, 'folder');
  await mkdir(folder);
  await writeFile(join(folder, '1.jpg'), a);
  await writeFile(join(folder, '2.jpg'), b);
  const mjpeg = join(edge.dataDir, 'door.mjpeg');
  await writeFile(mjpeg, Buffer.concat([a, b]));
  const worker = await edge.startFace();
  await edge.fillGallery(new Map());
  await worker.ready();
  const passed: Passed[] = [];
  edge.bus.nc.subscribe('lk.v1.>', {
    callback: (_error, message) => void passed.push(...passedIn(message)),
  });
  await edge.bus.nc.flush();
  await edge.startCapture({
    LK_CAMERAS: JSON.stringify([
      { door: 'north', source: folder, fps: 30 },
      { door: 'south', source: mjpeg, fps: 30 },
    ]),
  });
  const seenAt = (door: string) => edge.faces.items.filter(({ data }) => data.door === door);
  for (const door of ['north', 'south']) {
    await edge.faces.first(() => seenAt(door).length >= 5);
    const here = passed.filter((one) => one.door === door);
    expect(here.filter((one, at) => isHurried(one, here.slice(0, at)))).toEqual([]);
    const ids = seenAt(door).map(({ data }) => data.frame);
    expect(ids).toEqual(ids.toSorted());
  }
});

it('a kiosk cannot take the place of a camera that is played here', async () => {
  await using edge = await Edge.start();
  const source = join(edge.dataDir, 'door.jpg');
  await writeFile(source, await doorFrame(samplePerson('sample1@413')));
  const cameras = [{ door: 'north', camera: 'main', source, fps: 5 }];
  const capture = await edge.startCapture({ LK_CAMERAS: JSON.stringify(cameras) });
  await edge.putDoor('north');
  await capture.ready();
  const kiosk = edge.connect(capture);
  await kiosk.hello('north', undefined, 'main');
  await kiosk.error('LK-KSK-002');
  expect(await kiosk.closed).toBe(4400);
});
