// Real: broker, face, models, pictures of people. The test plays the registry and asks as the gateway does.
import { faceExtract, templateVector } from '@latchkey/contracts';
import { open, request } from '@latchkey/runtime';
import { doorFrame, emptyFrame, samplePerson, twoPeopleFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Edge, personIdOf, templatesOf } from '../capture/edge.fixture.js';

const ASHA = 'sample1@413';
const BEN = 'sample3@593';

describe('a picture as an enrolment sample', () => {
  let edge: Edge;

  beforeAll(async () => {
    edge = await Edge.start();
    const worker = await edge.startFace();
    await edge.fillGallery(await templatesOf([ASHA]));
    await worker.ready();
  });
  afterAll(() => edge[Symbol.asyncDispose]());

  const extract = async (jpeg: Uint8Array) => request(edge.bus, faceExtract, jpeg);

  it('a good one yields a template that only the registry reads', async () => {
    const reply = await extract(await doorFrame(samplePerson(BEN)));
    if (!reply.ok) throw new Error(reply.message);
    expect(reply).toMatchObject({ verdict: 'good', faces: 1, resembles: [] });
    const opened = open(await edge.seed('registry'), reply.template ?? '');
    const template = templateVector.parse(JSON.parse(Buffer.from(opened).toString('utf8')));
    expect(Math.hypot(...template)).toBeCloseTo(1, 5);
  });

  it('one of somebody who is enrolled says so', async () => {
    const reply = await extract(await doorFrame(samplePerson(ASHA), { turnDeg: 4 }));
    if (!reply.ok) throw new Error(reply.message);
    expect(reply.resembles[0]?.person).toBe(personIdOf(ASHA));
  });

  it('a bad one yields its verdict and no template', async () => {
    const nobody = await extract(await emptyFrame());
    expect(nobody).toMatchObject({ ok: true, verdict: 'no-face', template: null });
    const two = await extract(await twoPeopleFrame(samplePerson(ASHA), samplePerson(BEN)));
    expect(two).toMatchObject({ ok: true, verdict: 'two-faces', template: null });
    expect(await extract(Buffer.from('no picture'))).toMatchObject({
      ok: false,
      code: 'LK-IMG-001',
    });
  });
});
