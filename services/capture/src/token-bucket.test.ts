import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullBucket, takeToken } from './token-bucket.pure.js';

it('grants at most the burst and what has refilled, over any stretch of time', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 });
  fc.assert(
    fc.property(gaps, (gapsMs) => {
      const limits = { burst: 5, perSecond: 10 };
      let bucket = fullBucket(limits, 0);
      let nowMs = 0;
      let granted = 0;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        const taken = takeToken(bucket, limits, nowMs);
        bucket = taken.bucket;
        if (taken.granted) granted += 1;
      }
      expect(granted).toBeLessThanOrEqual(5 + (nowMs * 10) / 1_000);
    }),
  );
});
