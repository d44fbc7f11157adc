import { describe, expect, it } from 'vitest';
import { type Heard, hear } from './heard.pure.js';

/** Which of these groups, at so many seconds, are heard. */
function heardOf(happening: readonly (readonly [group: string, atS: number])[]): string[] {
  let heard: Heard = new Map();
  return happening.flatMap(([group, atS]) => {
    const now = hear(heard, group, atS * 1_000);
    heard = now ?? heard;
    return now ? [`${group} at ${atS}`] : [];
  });
}

describe('the sound for what needs somebody', () => {
  it('is heard once a minute for what goes on, and at once for anything else', () => {
    const happening = [
      ['hall', 0],
      ['hall', 12],
      ['yard', 13],
      ['hall', 59],
      ['hall', 60],
      ['hall', 72],
      ['yard', 73],
    ] as const;
    expect(heardOf(happening)).toEqual(['hall at 0', 'yard at 13', 'hall at 60', 'yard at 73']);
  });

  it('forgets what was long ago, and a clock that was put back silences nothing', () => {
    const long = hear(new Map([['hall', 0]]), 'yard', 90_000);
    expect([...(long ?? [])]).toEqual([['yard', 90_000]]);
    expect(hear(new Map([['hall', 3_600_000]]), 'hall', 0)).toBeDefined();
  });
});
