import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  areOnePerson,
  cosine,
  type Embedding,
  meanTemplate,
  VERIFY_THRESHOLD,
} from './compare.pure.js';
import { createFaceAnalyser, type FaceAnalyser } from './face-analyser.js';
import { thresholdForGallery } from './gallery-threshold.pure.js';
import { LIVE_THRESHOLD } from './liveness.pure.js';
import { loadModelPack, type ModelPack } from './model-pack.js';
import { rankCandidates, searchGallery } from './rank-candidates.pure.js';
import { judgeSample } from './sample-verdict.pure.js';
import {
  distinctPeople,
  doorFrame,
  emptyFrame,
  enrolmentSamples,
  probeFrames,
  SECOND_PHOTOGRAPH,
  samplePeople,
  samplePerson,
  twoPeopleFrame,
} from './samples/index.js';

let pack: ModelPack;
let analyser: FaceAnalyser;
beforeAll(async () => {
  pack = await loadModelPack();
  analyser = createFaceAnalyser(pack);
});
afterAll(() => pack.close());

const verdict = async (jpeg: Uint8Array) =>
  judgeSample(await analyser.analyse(jpeg, { pose: true }));

async function embeddings(frames: readonly Uint8Array[]): Promise<Embedding[]> {
  const found: Embedding[] = [];
  for (const frame of frames) {
    const [face] = (await analyser.analyse(frame, { maxFaces: 1 })).faces;
    if (face) found.push(face.embedding);
  }
  return found;
}

describe('a gallery of ten people', () => {
  const enrolled = distinctPeople().slice(0, 10);
  const strangers = distinctPeople().slice(10);
  const threshold = thresholdForGallery(enrolled.length);
  const gallery = new Map<string, Embedding>();
  const search = (probe: Embedding) => rankCandidates(searchGallery(gallery, probe), { threshold });

  beforeAll(async () => {
    for (const person of enrolled) {
      gallery.set(person.id, meanTemplate(await embeddings(await enrolmentSamples(person))));
    }
  });

  it.each(enrolled.map((person) => person.id))(
    'knows %s in every probe, clearly ahead',
    async (id) => {
      const probes = await embeddings(await probeFrames(samplePerson(id)));
      expect(probes).toHaveLength(3);
      for (const probe of probes) expect(search(probe).clearlyAhead?.personId).toBe(id);
    },
  );

  it.each(strangers.map((person) => person.id))('takes %s for a stranger', async (id) => {
    const probes = await embeddings(await probeFrames(samplePerson(id)));
    expect(probes).toHaveLength(3);
    for (const probe of probes) expect(search(probe).candidates).toEqual([]);
  });

  it('knows a person in another photograph, taken at another time', async () => {
    const probes = await embeddings(await probeFrames(samplePerson(SECOND_PHOTOGRAPH.second)));
    for (const probe of probes)
      expect(search(probe).clearlyAhead?.personId).toBe(SECOND_PHOTOGRAPH.first);
  });

  it('tells five samples of one person from five of two', async () => {
    const [one, other] = [enrolled[0], enrolled[1]];
    if (!one || !other) throw new Error('two people');
    expect(areOnePerson(await embeddings(await enrolmentSamples(one)))).toBe(true);
    const mixed = await embeddings([
      ...(await enrolmentSamples(one)).slice(0, 4),
      await doorFrame(other),
    ]);
    expect(areOnePerson(mixed)).toBe(false);
  });
});

describe('liveness', () => {
  it.each(['sample2@364', 'sample2@891', 'sample6@674'])('refuses %s', async (id) => {
    const [face] = (await analyser.analyse(await doorFrame(samplePerson(id)))).faces;
    expect(face?.liveness).toBeLessThan(LIVE_THRESHOLD);
  });

  it.each(samplePeople('clean').map((person) => person.id))('believes %s', async (id) => {
    for (const frame of await probeFrames(samplePerson(id))) {
      const { faces, further } = await analyser.analyse(frame);
      expect([faces.length, further.length]).toEqual([1, 0]);
      expect(faces[0]?.liveness).toBeGreaterThanOrEqual(LIVE_THRESHOLD);
      expect(faces[0]?.quality.score).toBeGreaterThan(0.5);
    }
  });
});

describe('a sample for enrolment', () => {
  const clean = samplePerson('sample3@593');

  it.each(samplePeople('clean').map((person) => person.id))('of %s is good', async (id) => {
    for (const sample of await enrolmentSamples(samplePerson(id)))
      expect(await verdict(sample)).toBe('good');
  });

  it('is refused without a face', async () =>
    expect(await verdict(await emptyFrame())).toBe('no-face'));

  it('is refused with two', async () => {
    expect(await verdict(await twoPeopleFrame(clean, samplePerson('sample1@413')))).toBe(
      'two-faces',
    );
  });

  it('is refused if the person stands too far away', async () => {
    expect(await verdict(await doorFrame({ ...clean, frameWidths: 9 }))).toBe('too-small');
  });

  it.each(['sample1@413', 'sample3@593', 'sample5@610'])(
    'is refused if %s is out of focus',
    async (id) => {
      expect(await verdict(await doorFrame(samplePerson(id), { blurPx: 5 }))).toBe('blurred');
    },
  );

  it('is refused if it is too dark', async () => {
    expect(await verdict(await doorFrame(clean, { light: 0.2 }))).toBe('too-dark');
  });

  it('is refused if it is too bright', async () => {
    expect(await verdict(await doorFrame(clean, { light: 3 }))).toBe('too-bright');
  });

  it.each(['sample1@824', 'sample2@1445'])('is refused if %s has the eyes shut', async (id) => {
    expect(await verdict(await doorFrame(samplePerson(id)))).toBe('eyes-shut');
  });

  it('is refused if the face is turned away', async () => {
    expect(await verdict(await doorFrame(samplePerson('sample2@364')))).toBe('turned-away');
  });

  it('is refused if it is not live', async () => {
    expect(await verdict(await doorFrame(samplePerson('sample6@674')))).toBe('not-live');
  });
});

describe('the analyser', () => {
  it('gives every face in pixels of the picture, the largest first', async () => {
    const { width, height, faces } = await analyser.analyse(
      await doorFrame(samplePerson('sample3@593')),
    );
    expect([width, height, faces.length]).toEqual([640, 480, 1]);
    const [face] = faces;
    if (!face) throw new Error('a face');
    expect(face.box.x + face.box.width / 2).toBeGreaterThan(280);
    expect(face.box.x + face.box.width / 2).toBeLessThan(360);
    expect(face.landmarks).toHaveLength(136);
    expect(face.embedding).toHaveLength(512);
    expect(cosine(face.embedding, face.embedding)).toBeCloseTo(1, 5);
  });

  it('answers the same when it is asked many things at once', async () => {
    const frames = await Promise.all(
      distinctPeople()
        .slice(0, 4)
        .map((person) => doorFrame(person)),
    );
    const alone = await embeddings(frames);
    const atOnce = await Promise.all(frames.map((frame) => analyser.analyse(frame)));
    expect(atOnce.map(({ faces }) => faces[0]?.embedding)).toEqual(alone);
  });

  it('looks closely at no more faces than asked, and still tells of the others', async () => {
    const two = await twoPeopleFrame(samplePerson('sample3@593'), samplePerson('sample1@413'));
    const { faces, further } = await analyser.analyse(two, { maxFaces: 1 });
    expect([faces.length, further.length]).toEqual([1, 1]);
  });

  it('refuses bytes that are no picture, and pictures that are broken off', async () => {
    await expect(analyser.analyse(new TextEncoder().encode('no'))).rejects.toMatchObject({
      code: 'LK-VISION-001',
    });
    const frame = await doorFrame(samplePerson('sample3@593'));
    const broken = frame.subarray(0, frame.length / 2);
    await expect(analyser.analyse(broken)).rejects.toMatchObject({ code: 'LK-VISION-001' });
  });

  it('keeps people apart who are somewhat alike, at the 1:1 threshold', async () => {
    const [a, b] = await embeddings([
      await doorFrame(samplePerson('sample1@413')),
      await doorFrame(samplePerson('sample3@593')),
    ]);
    expect(a && b && cosine(a, b)).toBeLessThan(VERIFY_THRESHOLD);
  });
});
