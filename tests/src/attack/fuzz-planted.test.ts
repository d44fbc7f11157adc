// Real: processes that fuzz, with a parser in each that is broken on purpose.
import { fileURLToPath } from 'node:url';
import { describe, expect, it as says } from 'vitest';
import { runChild } from './fuzz-child.js';

const MAIN = fileURLToPath(new URL('../../dist/attack/fuzz-planted.main.js', import.meta.url));
const run = (fault: string) =>
  runChild({ main: MAIN, args: [fault], ...(fault === 'hangs' ? { silentMs: 5_000 } : {}) });

describe('a fuzz run', () => {
  says('finds nothing wrong where nothing is', async () => {
    const { planned, reports, faults } = await run('none');
    expect(faults).toEqual([]);
    expect(planned.map(({ name }) => name)).toEqual(['before', 'planted', 'after']);
    expect(reports.map(({ inputs }) => inputs)).toEqual([300, 300, 300]);
  });

  says.each([
    ['throws', /^planted: seed \d+: TypeError: it stumbled/],
    ['is slow', /^planted: seed \d+: took \d{4,} ms/],
    ['keeps', /^planted: memory grew by \d/],
    ['keeps beside the program', /^planted: the process grew by \d/],
  ])('goes on after a parser that %s, and tells', async (fault, told) => {
    const { faults } = await run(fault);
    expect(faults.join('\n')).toMatch(told);
    expect(faults.filter((one) => !one.startsWith('planted'))).toEqual([]);
  });

  says.each([
    ['throws later', 'the process ended with 1'],
    ['aborts', 'the process ended with SIGABRT'],
    ['ends well, too early', ''],
    ['hangs', 'nothing was heard for 5 s'],
    ['never answers', 'the process ended with 13'],
  ])('that a parser ends that %s is told, with what was not tried', async (fault, end) => {
    const { faults } = await run(fault);
    expect(faults.join('\n').replaceAll(/seed \d+/g, 'seed')).toBe(
      [
        ...(end === '' ? [] : [`planted, from seed on: ${end}`]),
        'planted: 0 of 300 inputs were tried',
        'after: 0 of 300 inputs were tried',
      ].join('\n'),
    );
  });
});
