import type { Box, ObservedFace } from '@latchkey/contracts';
import { type Analysis, type Detection, type Face, rankCandidates } from '@latchkey/vision';
import type { Gallery } from './gallery.js';

/** From this quality on (0..1, the weakest of size, sharpness, light and pose) a face can be identified. */
export const USABLE_QUALITY = 0.3;
const MAX_CANDIDATES = 5;
const MAX_FACES = 16;

/** The faces of an analysis as they are told on the bus, the nearest first, with whom of the gallery they resemble. */
export function describeFaces(
  { faces, further }: Pick<Analysis, 'faces' | 'further'>,
  gallery: Gallery,
): ObservedFace[] {
  const { threshold } = gallery;
  return [
    ...faces.map((face) => describeNear(face, gallery, threshold)),
    ...further.map(describeFar),
  ].slice(0, MAX_FACES);
}

function describeNear(face: Face, gallery: Gallery, threshold: number): ObservedFace {
  const usable = face.quality.score >= USABLE_QUALITY;
  const scores = usable ? gallery.search(face.embedding, MAX_CANDIDATES + 1) : [];
  const ranking = rankCandidates(scores, { threshold, limit: MAX_CANDIDATES });
  return {
    box: wholePixels(face.box),
    detection: face.detectorScore,
    quality: face.quality.score,
    usable,
    liveness: face.liveness,
    eyesOpen: face.quality.eyesOpen,
    yawDeg: face.quality.yawDeg,
    candidates: ranking.candidates.map(({ personId, similarity }) => ({
      person: personId,
      score: similarity,
    })),
    clear: ranking.clearlyAhead !== undefined,
  };
}

/** A face beyond the nearest two is only said to be there. */
function describeFar({ box, detectorScore }: Detection): ObservedFace {
  return {
    box: wholePixels(box),
    detection: detectorScore,
    quality: 0,
    usable: false,
    liveness: null,
    candidates: [],
    clear: false,
  };
}

function wholePixels({ x, y, width, height }: Box): Box {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
  };
}
