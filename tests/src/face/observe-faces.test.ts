// Real: broker, capture, two face workers, models, pictures of people. The test plays the registry (gallery, policy).
import { type FacesObserved, GALLERY_MANIFEST_KEY } from '@latchkey/contracts';
import { open, type Service } from '@latchkey/runtime';
import { createCodeReader, decodeGrey, type Embedding } from '@latchkey/vision';
import {
  doorFrame,
  emptyFrame,
  probeFrames,
  qrPicture,
  samplePerson,
  twoPeopleFrame,
} from '@latchkey/vision/samples';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayFor, Edge, personIdOf, sealedEntry, templatesOf } from '../capture/edge.fixture.js';
import type { Kiosk } from '../capture/kiosk.fixture.js';

const ASHA = 'sample1@413';
const BEN = 'sample3@593';
const STRANGER = 'sample5@610';
const DOOR = 'library-north';

describe('a face at a door', () => {
  let edge: Edge;
  let capture: Service;
  let workers: Service[];
  let kiosk: Kiosk;
  let templates: Map<string, Embedding>;

  beforeAll(async () => {
    edge = await Edge.start();
    templates = await templatesOf([ASHA, BEN]);
    capture = await edge.startCapture();
    workers = [await edge.startFace(), await edge.startFace()];
    await edge.fillGallery(templates);
    await Promise.all(workers.map((worker) => worker.ready()));
    kiosk = await edge.kioskAt(capture, DOOR);
  });
  afterAll(() => edge[Symbol.asyncDispose]());

  const look = (jpeg: Buffer) => edge.look(kiosk, DOOR, jpeg);

  it('who is enrolled is the first candidate, live, and clearly ahead', async () => {
    for (const id of [ASHA, BEN]) {
      for (const probe of await probeFrames(samplePerson(id))) {
        const { faces, threshold } = await look(probe);
        expect(faces).toHaveLength(1);
        expect(faces[0]).toMatchObject({ usable: true, clear: true });
        expect(faces[0]?.candidates[0]?.person).toBe(personIdOf(id));
        expect(faces[0]?.candidates[0]?.score).toBeGreaterThan(threshold);
        expect(faces[0]?.liveness).toBeGreaterThan(0.5);
      }
    }
  });

  it('a stranger is a face without candidates; nobody is an observation too', async () => {
    const stranger = await look(await doorFrame(samplePerson(STRANGER)));
    expect(stranger.faces[0]).toMatchObject({ usable: true, candidates: [], clear: false });
    expect((await look(await emptyFrame())).faces).toEqual([]);
    const two = await look(await twoPeopleFrame(samplePerson(ASHA), samplePerson(STRANGER)));
    expect(two.faces.length).toBeGreaterThanOrEqual(2);
  });

  it('the time of an observation is the frame’s, by the broker’s clock', async () => {
    const jpeg = await doorFrame(samplePerson(ASHA));
    // The broker runs on this machine, so its clock is this one's.
    const beforeMs = Date.now();
    const { capturedAt } = await look(jpeg);
    expect(capturedAt).toBeGreaterThanOrEqual(beforeMs - 50);
    expect(capturedAt).toBeLessThanOrEqual(Date.now());
  });

  it('the kiosk draws a box, with the display’s name only for who is clearly recognised', async () => {
    await edge.display.put(DOOR, displayFor(DOOR, 'Asha Rao'));
    await kiosk.heard.first(({ type }) => type === 'display');
    const namesFor = async (id: string) => {
      const { frame } = await look(await doorFrame(samplePerson(id)));
      const update = await kiosk.heard.first(
        (heard) => heard.type === 'overlay' && heard.frame === frame,
      );
      return update.type === 'overlay' ? update.faces.map(({ name }) => name) : [];
    };
    expect(await namesFor(ASHA)).toEqual(['Asha Rao']);
    expect(await namesFor(STRANGER)).toEqual([null]);
  });

  it('frames of many doors are shared by the workers, each looked at once', async () => {
    const doors = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'];
    const kiosks = await Promise.all(doors.map((door) => edge.kioskAt(capture, door)));
    const jpeg = await doorFrame(samplePerson(BEN));
    const seen = kiosks.map((one, at) => edge.look(one, doors[at] ?? '', jpeg));
    expect((await Promise.all(seen)).map(({ door }) => door)).toEqual(doors);
    const frames = edge.faces.items.map(({ data }) => data.frame);
    expect(new Set(frames).size).toBe(frames.length);
    const handled = await Promise.all(
      workers.map(async ({ metrics }) => {
        const { values } = await metrics.handled.get();
        return values.find(({ labels }) => labels.outcome === 'done')?.value ?? 0;
      }),
    );
    expect(Math.min(...handled)).toBeGreaterThan(0);
  });

  it('a named snapshot is stored, sealed for evidence, and no code in it can be read', async () => {
    const reader = await createCodeReader();
    const code = 'LK1.AAECAwQFBgcICQoLDA0ODw';
    const held = await sharp(await qrPicture(code))
      .resize(213)
      .toBuffer();
    const person = await sharp(await doorFrame(samplePerson(STRANGER)))
      .composite([{ input: held, left: 0, top: 320 }])
      .jpeg()
      .toBuffer();
    const before = await reader.read(person, { budgetMs: 2_000 });
    expect(before.map(({ text }) => text)).toContain(code);
    const door = 'snapshots';
    const camera = await edge.kioskAt(capture, door);
    const data = await edge.look(camera, door, person);
    expect(data.snapshot).toBe(`${door}.${data.frame}`);
    const stored = await edge.snapshots.get(data.snapshot ?? '');
    expect(stored).not.toBeNull();
    const jpeg = open(await edge.seed('evidence'), stored ?? new Uint8Array());
    const picture = await decodeGrey(jpeg);
    expect([picture.width, picture.height]).toEqual([640, 480]);
    expect(await reader.read(picture, { budgetMs: 2_000 })).toEqual([]);
  });

  it('a door’s snapshots are at most one a second, however many workers see it', async () => {
    const door = 'snapshots-paced';
    const camera = await edge.kioskAt(capture, door);
    const jpeg = await doorFrame(samplePerson(BEN));
    const seen: FacesObserved[] = [];
    for (let frame = 0; frame < 12; frame += 1) {
      seen.push(await edge.look(camera, door, jpeg));
    }
    const keptAt = seen.flatMap(({ snapshot, capturedAt }) => (snapshot ? [capturedAt] : []));
    expect(keptAt.length).toBeGreaterThan(0);
    const gapsMs = keptAt.slice(1).map((at, index) => at - (keptAt[index] ?? 0));
    expect(Math.min(1_000, ...gapsMs)).toBe(1_000);
  });

  it('who is deleted is a stranger; who is sealed under another’s name is nobody', async () => {
    const key = await edge.publicKey('face');
    const ben = templates.get(personIdOf(BEN)) as Embedding;
    await edge.gallery.delete(personIdOf(BEN));
    await edge.gallery.put('intruder', sealedEntry(key, 'intruder', personIdOf(BEN), ben));
    await edge.gallery.put(GALLERY_MANIFEST_KEY, { count: 1, revision: 2, at: Date.now() });
    await expect
      .poll(async () => (await look(await doorFrame(samplePerson(BEN)))).faces[0]?.candidates, {
        timeout: 45_000,
      })
      .toEqual([]);
    await edge.gallery.delete('intruder');
  });
});
