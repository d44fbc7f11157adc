import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logPrefix, readableLine, restartDelayMs } from './log-line.pure.js';

test('a structured line reads as a sentence with its facts', () => {
  const line =
    '{"level":40,"time":1,"pid":7,"hostname":"h","service":"face","msg":"slow","ageMs":812}';
  expect(readableLine(line)).toBe('WARN  slow ageMs=812');
});

test('a level is understood by its name as well as by its number', () => {
  expect(readableLine('{"level":"info","msg":"up","port":1}')).toBe('INFO  up port=1');
});

test('whatever is no structured line is shown as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      expect(readableLine(line)).toBe(line);
    }),
  );
});

test('prefixes line up', () => {
  expect(logPrefix('qr-1', 0, 8, false)).toBe('qr-1     │ ');
  expect(logPrefix('qr-1', 0, 8, true)).toContain('qr-1     │');
});

test('restarts come slower and slower, but come', () => {
  expect([1, 2, 3].map(restartDelayMs)).toEqual([250, 500, 1000]);
  expect(restartDelayMs(50)).toBe(10_000);
});
