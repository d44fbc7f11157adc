// Real: broker (killed, with its memory), capture, face, models, pictures. The test plays the registry.
import { doorFrame, samplePerson } from '@latchkey/vision/samples';
import { expect, it } from 'vitest';
import { Edge, personIdOf, templatesOf } from '../capture/edge.fixture.js';

const ASHA = 'sample1@413';
const BEN = 'sample3@593';
const DOOR = 'library-north';

it('a worker is ready once its gallery is whole, and outlives a broker that lost its memory', {
  timeout: 180_000,
}, async () => {
  await using edge = await Edge.start();
  const templates = await templatesOf([ASHA, BEN]);
  const capture = await edge.startCapture();
  const worker = await edge.startFace();
  await edge.fillGallery(new Map([...templates].slice(0, 1)), 2);
  const unready = await worker.health.readiness();
  expect(unready.checks['gallery']).not.toBe(true);
  await edge.fillGallery(templates);
  await worker.ready();

  const kiosk = await edge.kioskAt(capture, DOOR);
  const jpeg = await doorFrame(samplePerson(ASHA));
  const look = () => edge.look(kiosk, DOOR, jpeg);
  expect((await look()).faces[0]?.candidates[0]?.person).toBe(personIdOf(ASHA));

  const from = kiosk.heard.items.length;
  await edge.broker.kill('SIGKILL');
  await kiosk.error('LK-BUS-001', from);
  await edge.broker.restart();
  // Nobody has refilled the gallery: the old one still knows her.
  expect((await look()).faces[0]?.candidates[0]?.person).toBe(personIdOf(ASHA));

  // Refilled without her, who was deleted meanwhile.
  await edge.fillGallery(new Map([...templates].filter(([person]) => person !== personIdOf(ASHA))));
  await expect
    .poll(async () => (await look()).faces[0]?.candidates, { timeout: 45_000 })
    .toEqual([]);
});
