/** The saga's figures, all from the design's table and rule 1. Milliseconds unless the name says otherwise. */
export const limits = {
  /** Votes: `agree` of the last `window` frames. */
  agree: 3,
  window: 5,
  identifyMs: 10_000,
  /** How long the door waits for the act that it asked for. */
  actMs: 8_000,
  /** How far below the threshold a liveness may be where an act is asked for anyway. */
  livenessDoubt: 0.2,
  /** A picture that comes again after another one was there: so often, and it is a loop. */
  loopReturns: 2,
  /** The same picture again and again, so often and for so long: it is frozen. A slow camera repeats one a few times. */
  frozenFrames: 5,
  frozenMs: 2_000,
  /** Pictures that are told apart: of half a minute, where the camera is watched at twice a second. */
  picturesKept: 64,
  /** Rule 1: a code's frame is at most this old when the door opens. */
  codeAgeMs: 2_000,
  /** Rule 1: a candidate's face was seen at most this long before the code. */
  faceAgeMs: 3_000,
  /** Nobody there for so long: they left. */
  leftMs: 5_000,
  settledMs: 10_000,
  settledNoFaceMs: 2_000,
  /** A showing ends when it was looked for, and not seen, for so long. */
  showingEndsMs: 1_000,
  /** The pause before the registry is asked again. */
  askAgainMs: 100,
  /** Presence is written down in steps of this, so that a person who stands still costs two writes a second. */
  presenceStepMs: 500,
  /** Rule 3: effects owed for longer than this are taken over. */
  takeOverMs: 1_000,
  /** How far ahead of our clock a frame may be: the clocks' tolerance, with room for rounding. */
  clockAheadMs: 500,
  /** A denial waits so long for a first picture: snapshots are taken at most once a second. */
  pictureWaitMs: 2_000,
  /** Two faces are of comparable size from this ratio of their areas on. */
  crowdAreaRatio: 0.5,
  /** Looks that are kept; more than any window needs. */
  looksKept: 16,
  showingsKept: 8,
} as const;
