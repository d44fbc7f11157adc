export { ALIGNED_SIZE, alignFace } from './align.pure.js';
export { blurQrRegions } from './blur-regions.pure.js';
export {
  CODE_BUDGET_MS,
  type CodeReader,
  createCodeReader,
  type ReadCode,
  type ReadCodesOptions,
} from './code-reader.js';
export {
  areOnePerson,
  cosine,
  EMBEDDING_SIZE,
  type Embedding,
  leastSimilarity,
  meanTemplate,
  normalise,
  VERIFY_THRESHOLD,
} from './compare.pure.js';
export { type DecodeLimits, decodeGrey, decodePicture } from './decode-picture.js';
export { DEFAULT_FIGURES } from './gen/default-pack.figures.js';
export type { Detection } from './detect.pure.js';
export { encodeJpeg } from './encode-picture.js';
export {
  type AnalyseOptions,
  type Analysis,
  createFaceAnalyser,
  type Face,
  type FaceAnalyser,
  type StepTimings,
} from './face-analyser.js';
export {
  DEFAULT_TARGET_FPIR,
  expectedFpir,
  MEASURED_FMR,
  THRESHOLD_RANGE,
  thresholdForGallery,
} from './gallery-threshold.pure.js';
export { toGrey } from './grey.pure.js';
export { type FivePoints, fivePoints, type Landmarks } from './landmarks.pure.js';
export { LIVE_THRESHOLD } from './liveness.pure.js';
export type { Model } from './model.js';
export {
  loadModelPack,
  MODEL_NAMES,
  type ModelName,
  type ModelPack,
} from './model-pack.js';
export { type PackManifest, type PublishedFigures, packManifestSchema } from './pack-manifest.js';
export type { Box, GreyPicture, Picture, Point } from './picture.js';
export type { Pose } from './pose.pure.js';
export { QUALITY_RAMPS, type Quality, yawFromPoints } from './quality.pure.js';
export {
  type Candidate,
  CLEAR_MARGIN,
  type Ranking,
  type RankOptions,
  rankCandidates,
  searchGallery,
} from './rank-candidates.pure.js';
export {
  judgeSample,
  SAMPLE_FAULTS,
  SAMPLE_LIMITS,
  type SampleFault,
  type SampleVerdict,
} from './sample-verdict.pure.js';
export { VISION_ERRORS, VisionError, type VisionErrorCode } from './vision-error.js';
