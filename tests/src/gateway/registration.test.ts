// Real: broker, registry with its file store, face with its models, gateway over HTTP.
import { enrolmentSamples, samplePerson } from '@latchkey/vision/samples';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

const asha = {
  id: 's1024',
  name: 'Asha Rao',
  email: 'asha@example.org',
  consent: { version: '2026-11' },
};

describe('a registration over REST', () => {
  let desk: FrontDesk;
  let samples: Buffer[];

  beforeAll(async () => {
    samples = await enrolmentSamples(samplePerson('sample3@1075'));
    desk = await FrontDesk.open({ face: true });
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('takes five samples, says after each what to do next, and enrols', async () => {
    const draft = await desk.ask('POST', '/people', asha);
    expect(draft).toMatchObject({ status: 201, json: { ...asha, state: 'draft', samples: 0 } });
    for (const [index, sample] of samples.slice(0, 5).entries()) {
      const added = await desk.ask('POST', '/people/s1024/samples', sample);
      expect(added).toMatchObject({
        status: 201,
        json: { verdict: 'good', samples: index + 1, remaining: 4 - index },
      });
    }
    const enrolled = await desk.ask('POST', '/people/s1024/commit');
    expect(enrolled).toMatchObject({ status: 200, json: { state: 'enrolled', samples: 5 } });
    expect(await sharp(samples[0]).metadata()).toMatchObject({ format: 'jpeg' });
  });
});
