import type { Box } from '@latchkey/contracts';
import {
  type FaceAnalyser,
  judgeSample,
  rankCandidates,
  type SampleVerdict,
} from '@latchkey/vision';
import type { Gallery } from './gallery.js';

/** A picture judged as an enrolment sample. */
export interface ExtractedSample {
  readonly verdict: SampleVerdict;
  readonly faces: number;
  readonly box: Box | null;
  readonly quality: number | null;
  readonly liveness: number | null;
  /** 512 numbers of length 1; only with the verdict `good`. */
  readonly template: number[] | null;
  /** Enrolled people whom the face resembles, the most similar first, at most 4. */
  readonly resembles: { person: string; score: number }[];
}

const MOST_RESEMBLING = 4;
/** Digits after the point: 1e-7 of a template of length 1 is far below what tells people apart, and fits the message. */
const TEMPLATE_DIGITS = 7;

/**
 * Judges a picture as an enrolment sample and extracts its template, without a bus.
 * @throws VisionError LK-VISION-001 or -002 where the bytes are no picture or too large a one.
 */
export async function extractSample(
  picture: Uint8Array,
  gallery: Gallery,
  analyser: FaceAnalyser,
): Promise<ExtractedSample> {
  const analysis = await analyser.analyse(picture, { maxFaces: 2, pose: true });
  const verdict = judgeSample(analysis);
  const [face] = analysis.faces;
  const count = analysis.faces.length + analysis.further.length;
  if (!face) {
    return {
      verdict,
      faces: count,
      box: null,
      quality: null,
      liveness: null,
      template: null,
      resembles: [],
    };
  }
  const scores = gallery.search(face.embedding, MOST_RESEMBLING);
  const options = { threshold: gallery.threshold, limit: MOST_RESEMBLING };
  const { candidates } = rankCandidates(scores, options);
  return {
    verdict,
    faces: count,
    box: face.box,
    quality: face.quality.score,
    liveness: face.liveness,
    template:
      verdict === 'good'
        ? Array.from(face.embedding, (value) => Number(value.toFixed(TEMPLATE_DIGITS)))
        : null,
    resembles: candidates.map(({ personId, similarity }) => ({
      person: personId,
      score: similarity,
    })),
  };
}
