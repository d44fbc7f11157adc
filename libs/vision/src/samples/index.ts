/** Real faces for the demo, the tests and the bench. Needs the development dependencies; never used in production. */
export {
  ATTACK_KINDS,
  ATTACK_SCALES,
  type AttackKind,
  attackFrame,
  attackFrames,
  type Presentation,
} from './attacks.js';
export {
  doorFrame,
  ENROLMENT_VARIATIONS,
  emptyFrame,
  enrolmentSamples,
  PROBE_VARIATIONS,
  probeFrames,
  samplesFolder,
  twoPeopleFrame,
} from './door-frame.js';
export { type QrLook, qrPicture } from './qr-picture.js';
export {
  distinctPeople,
  LOOKALIKES,
  type SampleKind,
  type SamplePerson,
  SECOND_PHOTOGRAPH,
  samplePeople,
  samplePerson,
} from './sample-people.js';
export { seeded, seenAgain } from './sensor-noise.js';
export type { Variation } from './variation.pure.js';
