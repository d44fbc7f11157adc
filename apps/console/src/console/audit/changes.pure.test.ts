import { expect, it } from 'vitest';
import { changesOf } from './changes.pure.js';

it('tells each setting as it was and as it is from then on', () => {
  expect(changesOf({ codeWaitS: 30, group: 'staff' }, { codeWaitS: 45, name: 'North' })).toEqual([
    { name: 'codeWaitS', before: '30', after: '45' },
    { name: 'group', before: 'staff', after: '–' },
    { name: 'name', before: '–', after: 'North' },
  ]);
  expect(changesOf(null, null)).toEqual([]);
});
