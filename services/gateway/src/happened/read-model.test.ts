import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertsAbout, findAlert, findAlerts } from './find-alerts.js';
import { findEvents, lastAtDoor } from './find-events.js';
import { type Happening, happening, START_MS, TemporaryModel } from './model.fixture.js';
import type { Occurrence } from './occurrence.pure.js';
import type { Place } from './place.pure.js';

const doors = ['north', 'south'];
const kinds = ['started', 'granted', 'denied', 'mismatch', 'deleted'] as const;

/** What happened, in a jumble: many events of one millisecond, of all streams. */
const happenings = fc
  .array(
    fc.record({
      what: fc.constantFrom(...kinds),
      atMs: fc.nat(12),
      door: fc.constantFrom(...doors),
      person: fc.constantFrom('s1', 's2'),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map((one, at): Occurrence => happening({ ...one, seq: at + 1 })));

const filters = fc.record(
  {
    door: fc.constantFrom(...doors),
    person: fc.constantFrom('s1', 's2'),
    type: fc.subarray(['lk.v1.access.started', 'lk.v1.access.denied', 'lk.v1.alarm.mismatch'], {
      minLength: 1,
    }),
    since: fc.nat(12).map((ms) => START_MS + ms),
    until: fc.nat(14).map((ms) => START_MS + ms),
  },
  { requiredKeys: [] },
);

function fill(model: TemporaryModel['model'], all: readonly Occurrence[]): void {
  for (const stream of ['ACCESS', 'ALARMS', 'REGISTRY'] as const) {
    const index = ['ACCESS', 'ALARMS', 'REGISTRY'].indexOf(stream);
    model.apply(
      stream,
      all.filter(({ key }) => key % 4 === index),
      1_000,
    );
  }
}

describe('pages of events', () => {
  it('tell each wanted event once, in order, whatever is asked for', () => {
    fc.assert(
      fc.property(
        happenings,
        filters,
        fc.constantFrom('newest', 'oldest'),
        fc.integer({ min: 1, max: 7 }),
        (all, filter, order, limit) => {
          using there = new TemporaryModel();
          fill(there.model, all);
          const seen: string[] = [];
          let after: Place | undefined;
          for (let more = true; more; ) {
            const page = findEvents(there.model, { ...filter, order, limit, after });
            expect(page.found.length).toBeLessThanOrEqual(limit);
            seen.push(...page.found.map(({ event }) => event.id));
            after = page.found.at(-1)?.place ?? after;
            more = page.more;
          }
          const wanted = all
            .filter(({ atUs }) => atUs >= (filter.since ?? 0) * 1_000)
            .filter(({ atUs }) => atUs < (filter.until ?? Infinity) * 1_000)
            .filter(({ door }) => filter.door === undefined || door === filter.door)
            .filter(({ person }) => filter.person === undefined || person === filter.person)
            .filter(({ event }) => filter.type?.includes(event.type) ?? true)
            .toSorted((one, other) => one.atUs - other.atUs || one.key - other.key)
            .map(({ event }) => event.id);
          expect(seen).toEqual(order === 'newest' ? wanted.toReversed() : wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('give each event as it was published', () => {
    using there = new TemporaryModel();
    const grant = happening({ what: 'granted', seq: 1, atMs: 0 });
    there.model.apply('ACCESS', [grant], 2);
    const { found } = findEvents(there.model, { order: 'newest', limit: 1 });
    expect(found[0]?.event).toEqual(grant.event);
  });
});

describe('the file', () => {
  const denial: Happening = {
    what: 'denied',
    seq: 7,
    atMs: 0,
    door: 'north',
    more: { reason: 'unknown', person: null },
  };

  it('is followed from where it was after a restart, and what is told again counts once', () => {
    using there = new TemporaryModel();
    there.model.apply('ACCESS', [happening(denial)], 8);
    there.restart();
    expect(there.model.positionIn('ACCESS', '2026-11-22T00:00:00Z')).toBe(8);
    there.model.apply('ACCESS', [happening(denial), happening({ ...denial, seq: 9 })], 10);
    expect(findEvents(there.model, { order: 'newest', limit: 9 }).found).toHaveLength(2);
    expect(findAlerts(there.model, { limit: 9 })).toMatchObject({ open: 2 });
    expect(there.model.all('SELECT count FROM quarters')).toMatchObject([{ count: 2 }]);
  });

  it('forgets a stream that was lost and made anew, and no other', () => {
    using there = new TemporaryModel();
    fill(there.model, [happening(denial), happening({ what: 'mismatch', seq: 1, atMs: 1 })]);
    expect(there.model.positionIn('ACCESS', '2026-11-23T00:00:00Z')).toBe(1);
    const { found, open } = findAlerts(there.model, { limit: 9 });
    expect([found.map(({ kind }) => kind), open]).toEqual([['alarm'], 1]);
    expect(there.model.all('SELECT * FROM quarters')).toEqual([]);
  });

  it.each([
    [
      'of an older schema',
      (path: string) => new DatabaseSync(path).exec('PRAGMA user_version = 999'),
    ],
    ['that is no database', (path: string) => writeFileSync(path, 'x'.repeat(10_000))],
  ])('is made anew from the streams in place of one %s', (_, spoil) => {
    using there = new TemporaryModel();
    there.model.apply('ACCESS', [happening(denial)], 8);
    there.model.close();
    spoil(there.path);
    there.restart();
    expect(findEvents(there.model, { order: 'newest', limit: 9 }).found).toEqual([]);
    expect(there.model.positionIn('ACCESS', '2026-11-22T00:00:00Z')).toBe(1);
  });

  it('holds nothing older than the streams do', () => {
    using there = new TemporaryModel();
    fill(there.model, [
      happening(denial),
      happening({ ...denial, seq: 8, atMs: 7_200_000, door: 'south' }),
    ]);
    const beforeUs = (START_MS + 3_600_000) * 1_000;
    while (there.model.prune(beforeUs));
    expect(findEvents(there.model, { order: 'oldest', limit: 9 }).found).toHaveLength(1);
    expect(findAlerts(there.model, { limit: 9 })).toMatchObject({ open: 1 });
    expect(there.model.all('SELECT door FROM quarters')).toMatchObject([{ door: 'south' }]);
    expect([lastAtDoor(there.model, 'north'), lastAtDoor(there.model, 'south')]).toMatchObject([
      null,
      { event: { id: 'ACCESS:8' } },
    ]);
  });
});

describe('alerts', () => {
  const visitor = (seq: number, atMs: number) =>
    happening({ what: 'denied', seq, atMs, more: { reason: 'unknown', person: null } });
  const seenBy = (alert: string, note: string | null = null, person: string | null = null) => ({
    alert,
    by: 'g',
    at: 1,
    note,
    person,
  });

  it('are counted, told apart, and paged, the newest first', () => {
    using there = new TemporaryModel();
    const alarm = happening({ what: 'mismatch', seq: 1, atMs: 5 });
    fill(there.model, [visitor(1, 0), visitor(2, 10), visitor(3, 20), alarm]);
    there.model.acknowledge(seenBy('ACCESS:2'));
    const first = findAlerts(there.model, { limit: 2 });
    expect(first.found.map(({ id }) => id)).toEqual(['ACCESS:3', 'ACCESS:2']);
    expect([first.more, first.open]).toEqual([true, 3]);
    const rest = findAlerts(there.model, { limit: 9, after: first.found[1]?.place });
    expect(rest.found.map(({ id }) => id)).toEqual(['ALARMS:1', 'ACCESS:1']);
    const open = findAlerts(there.model, { limit: 9, kind: 'visitor', state: 'open' });
    expect([open.found.map(({ id }) => id), open.open]).toEqual([['ACCESS:3', 'ACCESS:1'], 2]);
    const seen = findAlerts(there.model, { limit: 9, state: 'acknowledged' });
    expect(seen.found).toMatchObject([{ id: 'ACCESS:2', acknowledged: { by: 'g', note: null } }]);
  });

  it('are acknowledged also where that is heard before the alert', () => {
    using there = new TemporaryModel();
    there.model.acknowledge(seenBy('ACCESS:1'));
    fill(there.model, [visitor(1, 0)]);
    expect(findAlerts(there.model, { limit: 9 })).toMatchObject({
      open: 0,
      found: [{ acknowledged: { by: 'g' } }],
    });
  });

  it('of a person who is forgotten keep the id and lose the note, whichever is heard first', () => {
    using there = new TemporaryModel();
    const about = happening({ what: 'mismatch', seq: 1, atMs: 0, person: 's1' });
    fill(there.model, [about]);
    there.model.acknowledge(seenBy('ALARMS:1', 'Asha had her twin with her'));
    expect(there.bytes()).toContain('twin');
    fill(there.model, [happening({ what: 'deleted', seq: 1, atMs: 9, person: 's1' })]);
    expect(findAlert(there.model, 'ALARMS:1')).toMatchObject({
      person: 's1',
      acknowledged: { by: 'g', note: null },
    });
    expect(there.bytes()).not.toContain('twin');
    there.model.acknowledge(seenBy('ALARMS:1', 'Asha had her twin with her'));
    expect(findAlert(there.model, 'ALARMS:1')?.acknowledged?.note).toBeNull();
  });

  it('of a visitor lose the note when who they were registered as is forgotten, and whoever has the id next keeps it', () => {
    using there = new TemporaryModel();
    const deleted = (seq: number, atMs: number) =>
      happening({ what: 'deleted', seq, atMs, person: 's1' });
    fill(there.model, [visitor(1, -9), deleted(1, -5)]);
    const note = 'Asha, from the library';
    const registered = { ...seenBy('ACCESS:1', note, 's1'), at: START_MS };
    there.model.acknowledge(registered);
    expect(findAlert(there.model, 'ACCESS:1')?.acknowledged).toMatchObject({
      note,
      person: 's1',
    });
    expect([there.model.isForgotten(registered), alertsAbout(there.model, 's1')]).toEqual([
      false,
      ['ACCESS:1'],
    ]);
    fill(there.model, [deleted(2, 9)]);
    expect(findAlert(there.model, 'ACCESS:1')?.acknowledged?.note).toBeNull();
    expect(there.model.isForgotten(registered)).toBe(true);
  });
});
