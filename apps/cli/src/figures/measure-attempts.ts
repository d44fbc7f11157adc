import { type Embedding, type FaceAnalyser, meanTemplate } from '@latchkey/vision';
import {
  doorFrame,
  enrolmentSamples,
  PROBE_VARIATIONS,
  type SamplePerson,
  samplePeople,
  seeded,
  type Variation,
} from '@latchkey/vision/samples';
import { embedLargest } from '../evaluate-faces.js';
import { progress } from '../evaluate-input.js';
import { LOOKS } from './attempt.pure.js';
import type { SeenAttempt } from './scored-looks.pure.js';

/**
 * Every sample face enrolled by the mean of its five samples, and each come to the door three times, as the probes come, for five
 * looks each: somebody who stands there moves a little, and the camera's noise is new.
 */
export async function measureAttempts(
  analyser: FaceAnalyser,
): Promise<{ templates: Map<string, Embedding>; attempts: SeenAttempt[] }> {
  const people = samplePeople();
  const step = progress('attempts', people.length);
  const templates = new Map<string, Embedding>();
  const attempts: SeenAttempt[] = [];
  for (const [at, person] of people.entries()) {
    const samples = await embedAll(analyser, await enrolmentSamples(person));
    templates.set(person.id, meanTemplate(samples));
    for (const [attempt, comes] of PROBE_VARIATIONS.entries()) {
      const frames = await looksOf(person, comes, at * PROBE_VARIATIONS.length + attempt + 1);
      attempts.push({ of: person.id, attempt, looks: await embedAll(analyser, frames) });
    }
    step();
  }
  return { templates, attempts };
}

function looksOf(person: SamplePerson, comes: Variation, seed: number): Promise<Buffer[]> {
  const random = seeded(seed);
  const sway = (most: number) => (random() * 2 - 1) * most;
  const looks = Array.from({ length: LOOKS }, () => ({
    ...comes,
    nearer: (comes.nearer ?? 1) * (1 + sway(0.03)),
    right: (comes.right ?? 0) + sway(0.02),
    down: (comes.down ?? 0) + sway(0.02),
    turnDeg: (comes.turnDeg ?? 0) + sway(4),
    light: (comes.light ?? 1) * (1 + sway(0.05)),
    noise: 2,
  }));
  return Promise.all(looks.map((look) => doorFrame(person, look)));
}

/** @throws Error where a frame has no face: all samples have one */
async function embedAll(
  analyser: FaceAnalyser,
  frames: readonly Uint8Array[],
): Promise<Embedding[]> {
  const embeddings: Embedding[] = [];
  for (const frame of frames) {
    const embedding = await embedLargest(analyser, frame, false);
    if (!embedding) throw new Error('expected a face in each frame of the samples, found none');
    embeddings.push(embedding);
  }
  return embeddings;
}
