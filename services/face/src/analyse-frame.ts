import type { ObservedFace } from '@latchkey/contracts';
import { decodePicture, type FaceAnalyser, type Picture } from '@latchkey/vision';
import { describeFaces } from './frame-faces.pure.js';
import type { Gallery } from './gallery.js';
import { pictureDigest } from './picture-digest.js';

/** Only the nearest two faces are looked at closely: the person at the door, and one too many. */
const CLOSE_FACES = 2;

/** What a frame shows. */
export interface FrameAnalysis {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The nearest first. */
  readonly faces: ObservedFace[];
  /** The similarity from which on a candidate is listed. */
  readonly threshold: number;
  /** @see pictureDigest */
  readonly digest: string;
  /** The decoded frame, for a snapshot. */
  readonly picture: Picture;
}

/**
 * All that a face worker does with a frame, without a bus: decode, detect, landmarks, align, liveness, embed, search.
 * @throws VisionError where the bytes are no picture.
 */
export async function analyseFrame(
  jpeg: Uint8Array,
  gallery: Gallery,
  analyser: FaceAnalyser,
): Promise<FrameAnalysis> {
  const picture = await decodePicture(jpeg);
  const analysis = await analyser.analyse(picture, { maxFaces: CLOSE_FACES });
  return {
    widthPx: analysis.width,
    heightPx: analysis.height,
    faces: describeFaces(analysis, gallery),
    threshold: gallery.threshold,
    digest: pictureDigest(picture),
    picture,
  };
}
