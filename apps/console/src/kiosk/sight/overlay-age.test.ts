import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OVERLAY_MAX_AGE_MS, OverlayAge } from './overlay-age.pure.js';

it('shows a box for what is left of a quarter of a second, and a late one not at all', () => {
  const age = new OverlayAge();
  expect(age.shownForMs(1_000, 1_000)).toBe(250);
  expect(age.shownForMs(1_100, 1_220)).toBe(130);
  expect(age.shownForMs(1_200, 1_450)).toBe(0);
  expect(age.shownForMs(1_300, 3_000)).toBe(0);
});

const pictures = fc.array(fc.record({ takenMs: fc.nat(5_000), lateMs: fc.nat(1_000) }), {
  minLength: 1,
  maxLength: 40,
});

it('never has a box on the screen that is older, nor goes back to an older picture', () => {
  fc.assert(
    fc.property(pictures, (taken) => {
      const age = new OverlayAge();
      const heard = taken
        .map(({ takenMs, lateMs }) => ({ takenMs, nowMs: takenMs + lateMs }))
        .toSorted((one, other) => one.nowMs - other.nowMs);
      const shown = heard.map(({ takenMs, nowMs }, at) => ({
        leftMs: age.shownForMs(takenMs, nowMs),
        ageMs: nowMs - takenMs,
        isPassed: heard.slice(0, at).some((before) => before.takenMs > takenMs),
      }));
      expect(shown.map(({ leftMs }) => leftMs === null)).toEqual(
        shown.map(({ isPassed }) => isPassed),
      );
      const endsMs = shown.map(({ leftMs, ageMs }) => (leftMs ? leftMs + ageMs : 0));
      expect(Math.max(...endsMs)).toBeLessThanOrEqual(OVERLAY_MAX_AGE_MS);
    }),
  );
});
