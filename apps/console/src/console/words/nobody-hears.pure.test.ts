import { expect, it } from 'vitest';
import { unheardDoors } from './nobody-hears.pure.js';

const door = (id: string, audience: 'everyone' | 'group' | 'guards' | 'nobody') => ({
  id,
  audience,
  group: audience === 'group' ? 'staff' : null,
});

it('names the doors of whose strangers nobody is mailed, and why', () => {
  const doors = [door('a', 'everyone'), door('b', 'group'), door('c', 'guards')];
  const reached = doors.map(({ id }) => ({ door: id, strangers: false }));
  const unheard = unheardDoors(doors, reached);
  expect(unheard.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(unheard[1]?.why).toContain('the group staff');
});

it('says nothing of doors where somebody hears, where nobody was chosen, or that are not known yet', () => {
  const doors = [door('a', 'everyone'), door('b', 'nobody'), door('c', 'guards')];
  const reached = [
    { door: 'a', strangers: true },
    { door: 'b', strangers: false },
  ];
  expect(unheardDoors(doors, reached)).toEqual([]);
});
