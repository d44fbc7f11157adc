import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePicture } from './decode-picture.js';
import { createFaceAnalyser, type FaceAnalyser } from './face-analyser.js';
import { LIVE_THRESHOLD } from './liveness.pure.js';
import { loadModelPack, type ModelPack } from './model-pack.js';
import { MOIRE_RAMP, measureMoire, withoutMoire } from './moire.pure.js';
import type { Picture } from './picture.js';
import { attackFrame, doorFrame, samplePeople, samplePerson } from './samples/index.js';

const [SUSPICIOUS, CERTAIN] = MOIRE_RAMP;
const WHOLE = { x: 0, y: 0, width: 160, height: 160 };

/** A grey wall with a pattern of colours on it, `cycles` over 128 px each way. */
function wall(contrast: number, cycles: number): Picture {
  const data = new Uint8Array(160 * 160 * 3);
  for (let at = 0; at < data.length; at += 3) {
    const [x, y] = [(at / 3) % 160, Math.floor(at / 3 / 160)];
    const noise = ((at * 7_919) % 13) / 3;
    const beat = contrast * Math.sin((2 * Math.PI * cycles * (x + y)) / 128);
    data.set([128 + beat + noise, 128 - beat, 128], at);
  }
  return { width: 160, height: 160, data };
}

describe('a screen’s moiré', () => {
  test.each([8, 20, 35])('is found where %i waves of colour lie over a patch', (cycles) => {
    expect(measureMoire(wall(4, cycles), WHOLE)).toBeGreaterThan(CERTAIN);
  });

  test('is not looked for in a picture smaller than the patch', () => {
    const picture = { width: 120, height: 200, data: new Uint8Array(120 * 200 * 3) };
    expect(measureMoire(picture, { x: 0, y: 0, width: 120, height: 200 })).toBe(0);
  });

  test('is not looked for on a face so small that clothes would be looked at', () => {
    expect(measureMoire(wall(4, 20), { ...WHOLE, width: 90 })).toBe(0);
  });

  test('is looked for inside the picture, wherever the face lies', () => {
    const corner = { x: 110, y: -20, width: 120, height: 120 };
    expect(measureMoire(wall(4, 20), corner)).toBeGreaterThan(CERTAIN);
  });

  test('takes away from a liveness by degrees, and never adds to it', () => {
    expect(withoutMoire(0.9, SUSPICIOUS)).toBe(0.9);
    expect(withoutMoire(0.9, (SUSPICIOUS + CERTAIN) / 2)).toBeCloseTo(0.45);
    expect(withoutMoire(0.9, CERTAIN + 1)).toBe(0);
  });
});

describe('a sample face', { timeout: 300_000 }, () => {
  let pack: ModelPack;
  let analyser: FaceAnalyser;
  beforeAll(async () => {
    pack = await loadModelPack();
    analyser = createFaceAnalyser(pack);
  });
  afterAll(() => pack?.close());

  const boxOf = async (picture: Picture) => {
    const [face] = await analyser.detect(picture);
    if (!face) throw new Error('expected a face in the sample frame');
    return face.box;
  };

  test('of the living shows no moiré, whosever it is', async () => {
    const found: Record<string, number> = {};
    for (const person of samplePeople()) {
      const picture = await decodePicture(await doorFrame(person));
      found[person.id] = measureMoire(picture, await boxOf(picture));
    }
    expect(Object.entries(found).filter(([, moire]) => moire > SUSPICIOUS)).toEqual([]);
  });

  test('that passes for live on a screen too fine to beat does not on a coarser one', async () => {
    const person = samplePerson('sample1@413');
    const shown = async (kind: 'screen' | 'fine-screen') => {
      const picture = await decodePicture(await attackFrame({ kind, person, wide: 1.05 }));
      return analyser.liveness(picture, await boxOf(picture));
    };
    expect(await shown('fine-screen')).toBeGreaterThan(LIVE_THRESHOLD);
    expect(await shown('screen')).toBeLessThan(LIVE_THRESHOLD);
  });
});
