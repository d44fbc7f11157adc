import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  alignFace,
  createCodeReader,
  createFaceAnalyser,
  decodePicture,
  encodeJpeg,
  type FaceAnalyser,
  fivePoints,
  loadModelPack,
  type ModelPack,
} from '@latchkey/vision';
import {
  distinctPeople,
  doorFrame,
  emptyFrame,
  enrolmentSamples,
  probeFrames,
  qrPicture,
  samplePeople,
} from '@latchkey/vision/samples';
import { EVALUATIONS_FOLDER, keptEvaluation } from '@latchkey/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { evaluateCodes } from './evaluate-codes.js';
import { evaluateCommand } from './evaluate.command.js';
import { evaluateFaces } from './evaluate-faces.js';
import { table } from './evaluate-report.js';
import { expectedAt } from './expected-attempts.pure.js';
import { keepEvaluation } from './keep-evaluation.js';
import { evaluateGallery, evaluateLiveness } from './evaluate-search.js';

let pack: ModelPack;
let analyser: FaceAnalyser;
let dir: string;
const people = distinctPeople().slice(0, 4);

async function put(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), bytes);
}

async function aligned(frame: Uint8Array): Promise<Buffer> {
  const picture = await decodePicture(frame);
  const [face] = await analyser.detect(picture);
  if (!face) throw new Error('a face');
  return encodeJpeg(
    alignFace(picture, fivePoints(await analyser.landmarks(picture, face.box))),
    95,
  );
}

beforeAll(async () => {
  pack = await loadModelPack();
  analyser = createFaceAnalyser(pack);
  dir = await mkdtemp(join(tmpdir(), 'evaluate-'));
  for (const [i, person] of people.entries()) {
    const samples = await enrolmentSamples(person);
    const probes = await probeFrames(person);
    const last = i === people.length - 1;
    for (const [n, sample] of samples.entries())
      if (!last) await put(`enrol/${person.id}/${n}.jpg`, sample);
    for (const [n, probe] of probes.entries()) await put(`probe/${person.id}/${n}.jpg`, probe);
    await put(`faces/${i}a.jpg`, samples[0] ?? '');
    await put(`faces/${i}b.jpg`, probes[0] ?? '');
    await put(`crops/${i}a.jpg`, await aligned(samples[0] ?? Buffer.of()));
    await put(`crops/${i}b.jpg`, await aligned(probes[0] ?? Buffer.of()));
    await put(`live/deep/${i}.jpg`, samples[0] ?? '');
  }
  await put('faces/nobody.jpg', await emptyFrame());
  await put('live/nobody.jpg', await emptyFrame());
  for (const person of samplePeople('not-live'))
    await put(`spoof/${person.id}.jpg`, await doorFrame(person));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
  await pack.close();
});

const pairs = people.flatMap((_, a) =>
  people.map((__, b) => `${a}a.jpg,${b}b.jpg,${a === b ? 'Yes' : 'No'}`),
);

describe('evaluate, on the sample pictures', () => {
  it('tells pairs apart, and counts what it could not see', async () => {
    await put('pairs.csv', ['a,b,same', ...pairs, '0a.jpg,nobody.jpg,No'].join('\n'));
    const options = { pairs: join(dir, 'pairs.csv'), images: join(dir, 'faces'), aligned: false };
    const { figures } = await evaluateFaces(analyser, options);
    expect(figures).toMatchObject({
      pairs: 17,
      undetected: 1,
      bestAccuracy: 1,
      fnmrAtFmr1e3: 0,
      threshold: 0.4,
    });
    expect(figures.msMedian.detect).toBeGreaterThan(0);
  });

  it('takes crops that are aligned already', async () => {
    await put('crops.csv', ['a,b,same', ...pairs].join('\n'));
    const options = { pairs: join(dir, 'crops.csv'), images: join(dir, 'crops'), aligned: true };
    const { figures } = await evaluateFaces(analyser, options);
    expect(figures).toMatchObject({
      pairs: 16,
      undetected: 0,
      bestAccuracy: 1,
      msMedian: { detect: null },
    });
  });

  it('finds who is enrolled, and nobody for a stranger', async () => {
    const figures = await evaluateGallery(analyser, {
      enrol: join(dir, 'enrol'),
      probe: join(dir, 'probe'),
    });
    expect(figures).toMatchObject({ right: 12, wrong: 0, unknown: 0, fpir: 0, fnir: 0 });
    // 3 looks a person make no attempt of five: nothing is known of how much they are alike.
    expect(figures).toMatchObject({ threshold: 0.45, extrapolated10000: expectedAt(10_000) });
    expect(figures).not.toHaveProperty('measured10000');
  });

  it('tells the living from what the liveness model refuses', async () => {
    const { figures } = await evaluateLiveness(analyser, {
      live: join(dir, 'live'),
      spoof: join(dir, 'spoof'),
    });
    expect(figures).toMatchObject({ apcer: 0, bpcer: 0, undetected: 1, living: 4, attacks: 3 });
    // 0 of 3 and 0 of 4: 1 − 0.025^(1/n).
    expect(figures).toMatchObject({ apcerLow: 0, apcerHigh: expect.closeTo(0.7076, 4) });
    expect(figures).toMatchObject({ bpcerLow: 0, bpcerHigh: expect.closeTo(0.6024, 4) });
  });

  it('reads codes in any format at any depth, and goes on past a broken picture', async () => {
    await put('codes/a.jpg', await qrPicture('LK1.abc'));
    await put('codes/deep/b.JPG', await qrPicture('LK1.abc', { small: true, tilt: 20 }));
    await put('codes/none.jpg', await emptyFrame());
    await put('codes/broken.png', 'no picture');
    const figures = await evaluateCodes(await createCodeReader(), {
      images: join(dir, 'codes'),
      budgetMs: 1000,
    });
    expect(figures).toMatchObject({ decoded: 2, images: 4 });
    expect(figures.msMedian).toBeGreaterThan(0);
  });
});

describe('a path that is not there', () => {
  it.each([
    ['codes', '--images'],
    ['liveness', '--spoof', '/nowhere/else', '--live'],
    ['gallery', '--probe', '/nowhere/else', '--enrol'],
    ['faces', '--images', '/nowhere/else', '--pairs'],
  ])('is named: evaluate %s', async (...args) => {
    const run = evaluateCommand().parseAsync([...args, '/nowhere/at-all'], { from: 'user' });
    await expect(run).rejects.toThrow('There is no such file or folder: /nowhere/at-all');
  });

  it('needs a folder where a folder is asked for', async () => {
    await put('file.txt', '');
    const run = evaluateCommand().parseAsync(['codes', '--images', join(dir, 'file.txt')], {
      from: 'user',
    });
    await expect(run).rejects.toThrow(/A folder was expected.*file\.txt/);
  });
});

describe('a kept report', () => {
  it('lies where the gateway looks for it, and says with which models it was measured', async () => {
    vi.stubEnv('LK_DATA_DIR', join(dir, 'data'));
    const args = ['codes', '--images', join(dir, 'spoof'), '--json', '--keep'];
    await evaluateCommand().parseAsync(args, { from: 'user' });
    vi.unstubAllEnvs();
    const folder = join(dir, 'data', EVALUATIONS_FOLDER);
    const [name = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    const kept = keptEvaluation.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    expect(kept).toMatchObject({ what: 'codes', pack: null, figures: { decoded: 0 } });
    const figures = { fpir: null, msMedian: { embed: 8 } };
    const path = await keepEvaluation('faces', figures, pack.id, {
      LK_DATA_DIR: join(dir, 'data'),
    });
    const faces = keptEvaluation.parse(JSON.parse(await readFile(path, 'utf8')));
    expect(faces).toMatchObject({ pack: pack.id, figures });
  });
});

describe('a plot', () => {
  it.each([
    ['liveness', ['--live', 'live', '--spoof', 'spoof'], 'who gets through at which threshold'],
    ['faces', ['--pairs', 'pairs.csv', '--images', 'faces'], 'misses over false matches'],
  ])('of %s is drawn for those who would rather look', async (what, options, title) => {
    await put('pairs.csv', ['a,b,same', ...pairs].join('\n'));
    const file = join(dir, `${what}.svg`);
    const args = options.map((word) => (word.startsWith('--') ? word : join(dir, word)));
    const all = [what, ...args, '--json', '--plot', file];
    await evaluateCommand().parseAsync(all, { from: 'user' });
    const svg = await readFile(file, 'utf8');
    expect(svg).toContain(title);
    expect(svg).toMatch(/points="\d/);
  });
});

describe('the report', () => {
  it('is a table that a person can read', () => {
    expect(table({ pairs: 12, fpir: null, ms: { decode: 1.23456 } })).toBe(
      'pairs      12\nfpir       -\nms.decode  1.235\n',
    );
  });
});
