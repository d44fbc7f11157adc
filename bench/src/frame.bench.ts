import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { analyseFrame, type Gallery, GalleryMatrix } from '@latchkey/face';
import {
  createFaceAnalyser,
  EMBEDDING_SIZE,
  loadModelPack,
  normalise,
  thresholdForGallery,
} from '@latchkey/vision';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { Bench } from './bench.js';
import { median, percentile, rounded } from './figures.pure.js';
import { oneFaceFrame } from './scene.js';

const WARM_UP_ROUNDS = 10;
const ROUNDS = 80;
const PEOPLE = 1_000;

/** The models that a frame with one face passes, with their inputs. */
const PARTS = {
  detect: { file: 'fr_detect', input: [1, 3, 240, 320] },
  landmarks: { file: 'fr_landmark', input: [1, 1, 64, 64] },
  liveness: { file: 'fr_liveness', input: [1, 3, 128, 128] },
  embed: { file: 'fr_feature', input: [1, 3, 112, 112] },
} as const;

type Run = () => Promise<unknown>;

/** The models alone, straight through ONNX Runtime: none of our code. */
async function rawSessions(): Promise<Record<string, Run>> {
  const here = createRequire(import.meta.url);
  const folder = join(
    dirname(here.resolve('faceplugin-face-recognition-js/package.json')),
    'model',
  );
  const runs: Record<string, Run> = {};
  for (const [name, { file, input }] of Object.entries(PARTS)) {
    const session = await InferenceSession.create(await readFile(join(folder, `${file}.onnx`)), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
    });
    const numbers = Float32Array.from(
      { length: input.reduce((a: number, b) => a * b, 1) },
      Math.random,
    );
    const feeds = { [session.inputNames[0] ?? 'input']: new Tensor('float32', numbers, input) };
    runs[name] = () => session.run(feeds);
  }
  return runs;
}

function strangersGallery(): Gallery {
  const matrix = new GalleryMatrix();
  for (let person = 0; person < PEOPLE; person++) {
    const vector = Float32Array.from(randomBytes(EMBEDDING_SIZE), (byte) => byte / 255 - 0.5);
    matrix.set(`p${person}`, normalise(vector));
  }
  return {
    size: PEOPLE,
    threshold: thresholdForGallery(PEOPLE),
    search: (probe, count) => matrix.search(probe, count),
  };
}

async function timed(run: Run): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/**
 * A 640 × 480 JPEG frame with one face through the face service's code, beside JPEG decode and the raw model runs, in
 * turn within the same run, so that a noisy machine is as noisy to both.
 */
export const frame: Bench = {
  name: 'frame',
  about: 'a frame with one face through the face service, beside its decode and its raw model runs',
  async run(progress) {
    const jpeg = await oneFaceFrame();
    const pack = await loadModelPack();
    const analyser = createFaceAnalyser(pack);
    const gallery = strangersGallery();
    const parts: Record<string, Run> = {
      decode: () => sharp(jpeg).removeAlpha().raw().toBuffer(),
      ...(await rawSessions()),
    };
    const whole: number[] = [];
    const times = Object.fromEntries(Object.keys(parts).map((name) => [name, [] as number[]]));
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const frameMs = await timed(() => analyseFrame(jpeg, gallery, analyser));
      if (round >= 0) whole.push(frameMs);
      for (const [name, run] of Object.entries(parts)) {
        const partMs = await timed(run);
        if (round >= 0) times[name]?.push(partMs);
      }
      progress(Math.max(0, round + 1) / ROUNDS);
    }
    await pack.close();
    const medians = Object.fromEntries(
      Object.entries(times).map(([name, ms]) => [name, median(ms)]),
    );
    const sumMs = Object.values(medians).reduce((a, b) => a + b, 0);
    const wholeMs = median(whole);
    return {
      ratio: rounded(wholeMs / sumMs),
      target: 1.3,
      framesPerSecond: rounded(1_000 / wholeMs),
      wholeMs: rounded(wholeMs),
      wholeP95Ms: rounded(percentile(whole, 0.95)),
      partsMs: rounded(sumMs),
      parts: Object.fromEntries(Object.entries(medians).map(([name, ms]) => [name, rounded(ms)])),
      people: PEOPLE,
      rounds: ROUNDS,
    };
  },
};
