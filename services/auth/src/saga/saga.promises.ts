/** The design's figures, as the invariants go by them: said a second time, so that a wrong one in `limits` is seen. */
export const promised = {
  codeAgeMs: 2_000,
  faceAgeMs: 3_000,
  clockAheadMs: 500,
  showingEndsMs: 1_000,
  livenessThreshold: 0.5,
  matchThreshold: 0.6,
  turnDeg: 20,
  loopReturns: 2,
  frozenFrames: 5,
  frozenMs: 2_000,
} as const;
