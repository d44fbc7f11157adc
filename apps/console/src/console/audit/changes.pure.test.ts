import { doorSettings } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { changesOf } from './changes.pure.js';

it('tells each setting as it was and as it is from then on, in words', () => {
  const before = { codeWaitS: 30, group: 'staff', audience: 'group', outOfService: false };
  const after = { codeWaitS: 45, name: 'North', audience: 'guards', outOfService: true };
  expect(changesOf(before, after)).toEqual([
    { name: 'Seconds to show the code', before: '30', after: '45' },
    { name: 'Group', before: 'staff', after: undefined },
    { name: 'Who is mailed', before: 'A group', after: 'Guards' },
    { name: 'Out of service', before: 'No', after: 'Yes' },
    { name: 'Name', before: undefined, after: 'North' },
  ]);
  expect(changesOf({ openForMs: 5_000 }, { openForMs: 1_500 })).toEqual([
    { name: 'Seconds that the lock stays open', before: '5', after: '1.5' },
  ]);
  const [lock] = changesOf(null, { lockedUntil: Date.parse('2026-11-22T12:00:00Z') });
  expect(lock?.after).toContain('2026');
  expect(changesOf(null, null)).toEqual([]);
});

it('shows groups as one types them, and no list as nothing', () => {
  const [groups] = changesOf({ groups: [] }, { groups: ['staff', 'night shift'] });
  expect(groups).toEqual({ name: 'Groups', before: undefined, after: 'staff, night shift' });
});

it('names every setting of a door without its spelling in programs', () => {
  for (const { name } of changesOf(null, doorSettings.parse({ name: 'North' }))) {
    expect(name).toMatch(/^[A-Z][a-z ]+$/);
  }
});
