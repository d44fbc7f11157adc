import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foremost, groupAlerts } from './alert-groups.pure.js';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
const stranger = (id: string, door: string, second: number) => ({
  id,
  kind: 'visitor',
  type: 'lk.v1.access.denied',
  door,
  person: null as string | null,
  at: at(second),
  acknowledged: null as object | null,
});
const alarm = (id: string, door: string, second: number, person: string | null = null) => ({
  ...stranger(id, door, second),
  kind: 'alarm',
  type: 'lk.v1.alarm.not-live',
  person,
});
const idsOf = (groups: ReturnType<typeof groupAlerts<ReturnType<typeof stranger>>>) =>
  groups.map(({ alerts }) => alerts.map(({ id }) => id));

describe('alerts', () => {
  it('of one kind at one door are one group, the newest first in it and among groups', () => {
    const alerts = [
      alarm('gate', 'gate', 3),
      stranger('first', 'hall', 1),
      stranger('yard', 'yard', 2),
      stranger('last', 'hall', 4),
    ];
    expect(idsOf(groupAlerts(alerts))).toEqual([['last', 'first'], ['gate'], ['yard']]);
  });

  it('about different people are different groups', () => {
    const alerts = [
      alarm('a', 'hall', 3, 'asha'),
      alarm('b', 'hall', 2),
      alarm('c', 'hall', 1, 'asha'),
    ];
    expect(idsOf(groupAlerts(alerts))).toEqual([['a', 'c'], ['b']]);
  });

  it('that somebody has seen to stand alone', () => {
    const seen = { ...stranger('seen', 'hall', 2), acknowledged: { by: 'guido' } };
    const alerts = [stranger('new', 'hall', 3), seen, stranger('old', 'hall', 1)];
    expect(idsOf(groupAlerts(alerts))).toEqual([['new', 'old'], ['seen']]);
  });

  it('are each in one group, whatever they are', () => {
    const one = fc.record({
      id: fc.uuid(),
      type: fc.constantFrom('a', 'b'),
      door: fc.constantFrom('hall', 'yard', null),
      person: fc.constantFrom('asha', null),
      at: fc.integer({ min: 0, max: 100 }).map(at),
      acknowledged: fc.constantFrom(null, {}),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ id }) => id }), (alerts) => {
        const groups = groupAlerts(alerts);
        const ids = groups.flatMap((group) => group.alerts.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(alerts.map(({ id }) => id).toSorted());
        const newest = groups.map((group) => Date.parse(group.newest.at));
        expect(newest).toEqual(newest.toSorted((a, b) => b - a));
      }),
    );
  });

  it('that are many leave the newest of each kind in sight', () => {
    const doors = Array.from({ length: 6 }, (_, n) => stranger(`s${n}`, `door-${n}`, 10 + n));
    const groups = groupAlerts([...doors, alarm('a', 'gate', 1)]);
    expect(idsOf(foremost(groups, 4))).toEqual([['s5'], ['s4'], ['s3'], ['a']]);
    expect(idsOf(foremost(groupAlerts(doors), 4))).toEqual([['s5'], ['s4'], ['s3'], ['s2']]);
  });
});
