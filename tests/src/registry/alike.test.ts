import { buckets, galleryEntry, galleryTemplate } from '@latchkey/contracts';
import { loadSeed, open, openSignedBucket } from '@latchkey/runtime';
import { rankCandidates, searchGallery, thresholdForGallery } from '@latchkey/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBothStores } from './both-stores.fixture.js';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

// Real: the broker, both stores (mongo-java-server where no other MongoDB is given), gRPC, the search of the face workers.
describe.each(useBothStores())('people who are much alike, on %s', (_, urlOf) => {
  let office: Office;
  let instance: Instance;
  beforeAll(async () => {
    office = await Office.open(urlOf());
    instance = await office.start();
    await enrol('ada', faceLike(1));
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  it('are told to who enrols the second, and stand in the audit under both', async () => {
    const ben = await enrol('ben', faceLike(0.52));
    expect(ben.alike).toEqual([{ person: 'ada', score: expect.closeTo(0.52, 3) }]);
    expect(await auditOf('ada', 'person.alike')).toEqual(['enrolled: like ben (0.52)']);
    expect(await auditOf('ben', 'person.enrolled')).toEqual(['enrolled: like ada (0.52)']);
  });

  it('are not told of where they are no more alike than strangers', async () => {
    expect((await enrol('eve', faceLike(0.49, 7))).alike).toEqual([]);
    expect(await auditOf('eve', 'person.enrolled')).toEqual(['']);
  });

  it('are refused as twins are, and the audit tells of each try', async () => {
    const { neighbour } = instance;
    await neighbour.createDraft('twin');
    const vector = faceLike(0.8, 9);
    const resembles = [{ person: 'ada', score: 0.8 }];
    const refused = { code: 'LK-PER-011' };
    await expect(neighbour.addSample('twin', vector, resembles)).rejects.toMatchObject(refused);
    expect(await auditOf('twin', 'person.alike')).toEqual(['refused: like ada (0.80)']);
    // Nobody said at the samples whom they are like; the registry sees it at the end.
    for (let n = 0; n < 5; n += 1) await neighbour.addSample('twin', vector);
    const commit = neighbour.call('commitDraft', { person: 'twin', by: 'test' });
    await expect(commit).rejects.toMatchObject(refused);
    const twice = ['refused: like ada (0.80)', 'refused: like ada (0.80)'];
    expect(await auditOf('twin', 'person.alike', 2)).toEqual(twice);
  });

  it('are named where one is clearly ahead; between the two nobody is, and the code decides', async () => {
    const gallery = await templates('ada', 'ben', 'eve');
    const options = { threshold: thresholdForGallery(gallery.size) };
    const look = (vector: readonly number[]) =>
      rankCandidates(searchGallery(gallery, Float32Array.from(vector)), options);
    expect(look(faceLike(1)).clearlyAhead?.personId).toBe('ada');
    const between = look(middleOf(faceLike(1), faceLike(0.52)));
    expect(
      between.candidates
        .map(({ personId }) => personId)
        .slice(0, 2)
        .toSorted(),
    ).toEqual(['ada', 'ben']);
    expect(between.clearlyAhead).toBeUndefined();
    const code = await office.post.codesFor('ben')();
    const shown = await instance.neighbour.showCode(code, ['ada', 'ben']);
    expect(shown).toMatchObject({ outcome: 'granted', person: 'ben' });
  });

  async function enrol(person: string, vector: readonly number[]) {
    const { neighbour } = instance;
    await neighbour.createDraft(person);
    for (let n = 0; n < 5; n += 1) await neighbour.addSample(person, vector);
    return neighbour.call('commitDraft', { person, by: 'test' });
  }

  /** What the audit says of a person and an action, once it says so at least `count` times. */
  async function auditOf(person: string, action: string, count = 1): Promise<string[]> {
    return until(`${action} of ${person} in the audit`, async () => {
      const { entries } = await instance.neighbour.audit({ person, action });
      return entries.length >= count ? entries.map(({ detail }) => detail) : undefined;
    });
  }

  /** The gallery as a face worker opens it. */
  async function templates(...people: string[]): Promise<Map<string, Float32Array>> {
    await office.gallery(...people);
    const bucket = await openSignedBucket(office.bus, buckets.gallery, galleryEntry, {
      keysDir: office.keysDir,
      signer: 'registry',
    });
    const seed = await loadSeed(office.keysDir, 'face');
    const opened = new Map<string, Float32Array>();
    for (const person of people) {
      const sealed = (await bucket.get(person))?.value.sealed ?? '';
      const { vector } = galleryTemplate.parse(
        JSON.parse(new TextDecoder().decode(open(seed, sealed))),
      );
      const bytes = Uint8Array.from(Buffer.from(vector, 'base64url'));
      opened.set(person, new Float32Array(bytes.buffer));
    }
    return opened;
  }
});

/** A unit vector of 512 numbers whose cosine with `faceLike(1)` is this; `apart`: in which direction it differs. */
function faceLike(cosine: number, apart = 2): number[] {
  const vector = Array.from({ length: 512 }, () => 0);
  vector[0] = cosine;
  vector[apart] = Math.sqrt(1 - cosine * cosine);
  return vector;
}

function middleOf(one: readonly number[], other: readonly number[]): number[] {
  const sum = one.map((value, at) => value + (other[at] ?? 0));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}
