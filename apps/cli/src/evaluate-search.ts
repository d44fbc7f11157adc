import {
  decodePicture,
  type Embedding,
  type FaceAnalyser,
  LIVE_THRESHOLD,
  meanTemplate,
  rankCandidates,
  searchGallery,
  thresholdForGallery,
} from '@latchkey/vision';
import { embedLargest } from './evaluate-faces.js';
import {
  type GalleryFigures,
  galleryFigures,
  type LivenessFigures,
  type LivenessReading,
  livenessFigures,
  type Probe,
} from './evaluate-gallery.pure.js';
import { type Expected, expectedReport } from './expected-attempts.pure.js';
import { LOOKS } from './figures/attempt.pure.js';
import { identificationReport } from './figures/identification.pure.js';
import { lookCorrelations } from './figures/look-correlations.pure.js';
import type { JudgedPresentation, KindFigures } from './figures/presentations.pure.js';
import { type SeenAttempt, scoredLooks } from './figures/scored-looks.pure.js';
import { findPeople, findPictures, progress, readPicture } from './evaluate-input.js';

/**
 * Measured on the pictures given. `measured…`: whole attempts at the threshold of a gallery of that size, where the pictures make
 * any; `extrapolated…`: what larger galleries let expect, see `expectedAt`.
 */
export interface GalleryReport extends GalleryFigures {
  readonly threshold: number;
  readonly [figure: string]: number | null | KindFigures | Expected;
}

/**
 * `evaluate gallery`: who is found among the enrolled, at the threshold that follows the gallery's size. Five pictures in a row of
 * one person's are also judged as the looks of an attempt.
 */
export async function evaluateGallery(
  analyser: FaceAnalyser,
  options: { readonly enrol: string; readonly probe: string },
): Promise<GalleryReport> {
  const enrolled = await findPeople(options.enrol);
  const gallery = new Map<string, Embedding>();
  for (const { personId, pictures } of enrolled) {
    const samples = (await embedAll(analyser, `enrol ${personId}`, pictures)).filter(
      (one) => one !== undefined,
    );
    if (samples.length > 0) gallery.set(personId, meanTemplate(samples));
    else
      process.stderr.write(
        `${personId}: no face in any of ${pictures.length} pictures, not enrolled\n`,
      );
  }
  const threshold = thresholdForGallery(gallery.size);
  const probes: Probe[] = [];
  const attempts: SeenAttempt[] = [];
  for (const { personId, pictures } of await findPeople(options.probe)) {
    const isEnrolled = enrolled.some((person) => person.personId === personId);
    const seen = await embedAll(analyser, `probe ${personId}`, pictures);
    for (const embedding of seen) {
      const named = embedding && nameOf(gallery, embedding, threshold);
      probes.push({ personId, enrolled: isEnrolled, named });
    }
    attempts.push(...attemptsOf(personId, seen));
  }
  const looks = scoredLooks(gallery, attempts);
  return {
    ...galleryFigures(probes),
    threshold,
    ...(looks.length > 0 ? identificationReport(looks) : {}),
    ...expectedReport(lookCorrelations(looks)),
  };
}

/** Each five pictures with a face in a row; what is left over is none. */
function attemptsOf(of: string, seen: readonly (Embedding | undefined)[]): SeenAttempt[] {
  const faces = seen.filter((one) => one !== undefined);
  return Array.from({ length: Math.floor(faces.length / LOOKS) }, (_, attempt) => ({
    of,
    attempt,
    looks: faces.slice(attempt * LOOKS, (attempt + 1) * LOOKS),
  }));
}

function nameOf(
  gallery: Map<string, Embedding>,
  probe: Embedding,
  threshold: number,
): string | undefined {
  return rankCandidates(searchGallery(gallery, probe), { threshold }).candidates[0]?.personId;
}

async function embedAll(
  analyser: FaceAnalyser,
  what: string,
  pictures: readonly string[],
): Promise<(Embedding | undefined)[]> {
  const step = progress(what, pictures.length);
  const embeddings: (Embedding | undefined)[] = [];
  for (const path of pictures) {
    embeddings.push(await readPicture(path, (bytes) => embedLargest(analyser, bytes, false)));
    step();
  }
  return embeddings;
}

/** What was made of pictures for `evaluate liveness`: each a presentation of one frame. */
export interface LivenessJudged {
  readonly figures: LivenessFigures;
  readonly judged: readonly JudgedPresentation[];
}

/** `evaluate liveness`: how often an attack passes, and how often a living person does not. */
export async function evaluateLiveness(
  analyser: FaceAnalyser,
  options: { readonly live: string; readonly spoof: string },
): Promise<LivenessJudged> {
  const live = await livenessOfAll(analyser, 'live', options.live);
  const spoof = await livenessOfAll(analyser, 'spoof', options.spoof);
  const figures = livenessFigures(live, spoof, LIVE_THRESHOLD);
  return {
    figures,
    judged: [...presentationsOf('live', live), ...presentationsOf('spoof', spoof)],
  };
}

function presentationsOf(kind: string, readings: readonly LivenessReading[]): JudgedPresentation[] {
  return readings
    .filter((reading) => reading !== undefined)
    .map((reading, at) => ({ kind, person: String(at), scale: 1, lives: [reading], acts: [] }));
}

async function livenessOfAll(
  analyser: FaceAnalyser,
  what: string,
  folder: string,
): Promise<LivenessReading[]> {
  const pictures = await findPictures(folder);
  const step = progress(what, pictures.length);
  const readings: LivenessReading[] = [];
  for (const path of pictures) {
    readings.push(await readPicture(path, (bytes) => livenessOfLargest(analyser, bytes)));
    step();
  }
  return readings;
}

async function livenessOfLargest(
  analyser: FaceAnalyser,
  bytes: Uint8Array,
): Promise<LivenessReading> {
  const picture = await decodePicture(bytes);
  const [largest] = await analyser.detect(picture);
  return largest && analyser.liveness(picture, largest.box);
}
