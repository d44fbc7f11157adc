/** A budget that refills steadily: `burst` at once, `perSecond` in the long run. */
export interface TokenBucketLimits {
  readonly burst: number;
  readonly perSecond: number;
}

export interface TokenBucket {
  readonly tokens: number;
  readonly atMs: number;
}

export function fullBucket({ burst }: TokenBucketLimits, nowMs: number): TokenBucket {
  return { tokens: burst, atMs: nowMs };
}

/** Takes one token if there is one. Times by a monotonic clock, in milliseconds. */
export function takeToken(
  { tokens, atMs }: TokenBucket,
  { burst, perSecond }: TokenBucketLimits,
  nowMs: number,
): { bucket: TokenBucket; granted: boolean } {
  const refilled = Math.min(burst, tokens + ((nowMs - atMs) * perSecond) / 1_000);
  const granted = refilled >= 1;
  return { bucket: { tokens: granted ? refilled - 1 : refilled, atMs: nowMs }, granted };
}
