import { join } from 'node:path';
import {
  alignFace,
  cosine,
  decodePicture,
  type Embedding,
  type FaceAnalyser,
  fivePoints,
  type Picture,
  VERIFY_THRESHOLD,
} from '@latchkey/vision';
import { median } from './evaluate-gallery.pure.js';
import { progress, readPicture } from './evaluate-input.js';
import { readGiven } from './given-path.js';
import { type PairFigures, pairFigures, type ScoredPair } from './evaluate-pairs.pure.js';
import { readPairs } from './read-pairs.pure.js';

const STEPS = ['decode', 'detect', 'landmarks', 'embed'] as const;
type Step = (typeof STEPS)[number];
type Times = Record<Step, number[]>;

export interface FacesReport extends PairFigures {
  readonly pairs: number;
  /** Pairs in which a face was not found. */
  readonly undetected: number;
  /** The shipped 1:1 threshold. */
  readonly threshold: number;
  /** Median milliseconds a picture; `null` for a step that was not run. */
  readonly msMedian: Readonly<Record<Step, number | null>>;
}

/** The figures, and the pairs that they are of. */
export interface FacesJudged {
  readonly figures: FacesReport;
  readonly scored: readonly ScoredPair[];
}

/** `evaluate faces`: how well pairs of pictures are told apart. Each picture is looked at once. */
export async function evaluateFaces(
  analyser: FaceAnalyser,
  options: { readonly pairs: string; readonly images: string; readonly aligned: boolean },
): Promise<FacesJudged> {
  const lines = readPairs((await readGiven(options.pairs)).toString('utf8'));
  const files = new Set(lines.flatMap(({ a, b }) => [a, b]));
  const times: Times = { decode: [], detect: [], landmarks: [], embed: [] };
  const embeddings = new Map<string, Embedding | undefined>();
  const step = progress('pictures', files.size);
  for (const file of files) {
    const embed = (bytes: Uint8Array) => embedLargest(analyser, bytes, options.aligned, times);
    embeddings.set(file, await readPicture(join(options.images, file), embed));
    step();
  }
  const scored = lines.map(({ a, b, same }) => {
    const [one, other] = [embeddings.get(a), embeddings.get(b)];
    return {
      same,
      found: Boolean(one && other),
      similarity: one && other ? cosine(one, other) : -1,
    };
  });
  const figures = {
    pairs: scored.length,
    undetected: scored.filter(({ found }) => !found).length,
    ...pairFigures(scored, VERIFY_THRESHOLD),
    threshold: VERIFY_THRESHOLD,
    msMedian: {
      decode: median(times.decode),
      detect: median(times.detect),
      landmarks: median(times.landmarks),
      embed: median(times.embed),
    },
  };
  return { figures, scored };
}

/** The largest face's embedding, a step at a time so that each can be timed; `undefined` without a face. */
export async function embedLargest(
  analyser: FaceAnalyser,
  bytes: Uint8Array,
  aligned: boolean,
  times?: Times,
): Promise<Embedding | undefined> {
  const picture = await timed(times?.decode, () => decodePicture(bytes));
  const face = aligned ? picture : await alignLargest(analyser, picture, times);
  return face && timed(times?.embed, () => analyser.embed(face));
}

async function alignLargest(
  analyser: FaceAnalyser,
  picture: Picture,
  times?: Times,
): Promise<Picture | undefined> {
  const [largest] = await timed(times?.detect, () => analyser.detect(picture));
  if (!largest) return undefined;
  const landmarks = await timed(times?.landmarks, () => analyser.landmarks(picture, largest.box));
  return alignFace(picture, fivePoints(landmarks));
}

async function timed<T>(into: number[] | undefined, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  into?.push(performance.now() - startedMs);
  return result;
}
