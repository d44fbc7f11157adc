import { consumers, serviceNames, streams } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { lagWords, partWords, readerWords, streamWords } from './part-words.pure.js';

it('says of every part, stream and reader what it is for', () => {
  expect(Object.keys(partWords).toSorted()).toEqual(['broker', ...serviceNames].toSorted());
  expect(Object.keys(streamWords)).toEqual(Object.keys(streams));
  const readers = Object.values(consumers).map(({ durable }) => durable);
  expect(Object.keys(readerWords).toSorted()).toEqual(readers.toSorted());
});

it('says how long a stream keeps what it holds as the stream is made', () => {
  const units = { days: 86_400_000, minutes: 60_000, seconds: 1_000 } as const;
  for (const [name, words] of Object.entries(streamWords)) {
    const [, count, unit] = /for (\d+) (days|minutes|seconds)$/.exec(words) ?? [];
    const keptMs = unit ? Number(count) * units[unit as keyof typeof units] : 0;
    expect([name, keptMs]).toEqual([name, streams[name as keyof typeof streams].maxAgeMs]);
  }
});

it('calls a reader behind only where much waits that is kept', () => {
  const reader = { name: 'x', stream: 'ACCESS', waiting: 0, underWay: 0 };
  expect(lagWords(reader)).toEqual({ text: 'Up to date', isBehind: false });
  expect(lagWords({ ...reader, waiting: 2, underWay: 1 }).isBehind).toBe(false);
  expect(lagWords({ ...reader, waiting: 1_200 })).toEqual({
    text: '1,200 waiting',
    isBehind: true,
  });
  expect(lagWords({ ...reader, stream: 'FRAMES', waiting: 200 }).isBehind).toBe(false);
});
