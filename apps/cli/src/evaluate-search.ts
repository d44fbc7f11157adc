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
import { findPeople, findPictures, progress, readPicture } from './evaluate-input.js';

/** `evaluate gallery`: who is found among the enrolled, at the threshold that follows the gallery's size. */
export async function evaluateGallery(
  analyser: FaceAnalyser,
  options: { readonly enrol: string; readonly probe: string },
): Promise<GalleryFigures & { readonly threshold: number }> {
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
  for (const { personId, pictures } of await findPeople(options.probe)) {
    const isEnrolled = enrolled.some((person) => person.personId === personId);
    for (const embedding of await embedAll(analyser, `probe ${personId}`, pictures)) {
      const named = embedding && nameOf(gallery, embedding, threshold);
      probes.push({ personId, enrolled: isEnrolled, named });
    }
  }
  return { ...galleryFigures(probes), threshold };
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

/** `evaluate liveness`: how often an attack passes, and how often a living person does not. */
export async function evaluateLiveness(
  analyser: FaceAnalyser,
  options: { readonly live: string; readonly spoof: string },
): Promise<LivenessFigures> {
  const live = await livenessOfAll(analyser, 'live', options.live);
  const spoof = await livenessOfAll(analyser, 'spoof', options.spoof);
  return livenessFigures(live, spoof, LIVE_THRESHOLD);
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
