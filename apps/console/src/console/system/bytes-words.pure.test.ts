import { expect, it } from 'vitest';
import { bytesWords } from './bytes-words.pure.js';

it('says a size in the largest unit that fits', () => {
  expect(bytesWords(0)).toBe('0 B');
  expect(bytesWords(1023)).toBe('1023 B');
  expect(bytesWords(1024)).toBe('1.0 KiB');
  expect(bytesWords(1.5 * 1024 ** 2)).toBe('1.5 MiB');
  expect(bytesWords(2 ** 60)).toBe('1048576.0 TiB');
});
