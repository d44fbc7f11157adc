// Real: broker, capture, face, models, files of pictures. The test plays the registry (gallery).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { facesObserved, frameSubject, paramsOf } from '@latchkey/contracts';
import { doorFrame, samplePerson } from '@latchkey/vision/samples';
import { expect, it } from 'vitest';
import { Edge } from './edge.fixture.js';

it('cameras that play a folder and an MJPEG file have one frame each on its way', {
  timeout: 60_000,
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
  const passed: string[] = [];
  edge.bus.nc.subscribe('lk.v1.>', {
    callback: (_error, { subject }) => void passed.push(subject),
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
    const order = passed.flatMap((subject) => {
      if (paramsOf(frameSubject, subject)?.door === door) return ['frame'];
      return paramsOf(facesObserved, subject)?.door === door ? ['seen'] : [];
    });
    // The first may have come before the worker pulled; from its first observation on, they alternate.
    const steady = order.slice(order.indexOf('seen') + 1).join(' ');
    expect(steady).not.toContain('seen seen');
    expect(steady).not.toContain('frame frame');
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
