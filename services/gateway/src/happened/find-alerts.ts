import type { Place } from './place.pure.js';
import type { ReadModel } from './read-model.js';
import { placeOf, walk } from './walk.js';

type AlertKind = 'visitor' | 'alarm';
type AlertState = 'open' | 'acknowledged';

/** An alert, and who saw to it. */
export interface Alert {
  readonly place: Place;
  /** Its event's id. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly type: string;
  readonly door: string | null;
  readonly person: string | null;
  readonly reason: string;
  readonly evidence: string | null;
  readonly acknowledged: {
    readonly by: string;
    readonly atMs: number;
    readonly note: string | null;
    /** As whom the visitor was registered. */
    readonly person: string | null;
  } | null;
}

/** Which alerts are wanted, and how many at most. */
export interface AlertQuery {
  readonly kind?: AlertKind | undefined;
  readonly state?: AlertState | undefined;
  /** Silent alarms, too. */
  readonly silent?: boolean | undefined;
  readonly after?: Place | undefined;
  readonly limit: number;
}

const ALERT = `SELECT alerts.*, acknowledgements.by, acknowledgements.at AS seen, note,
  acknowledgements.person AS registered
  FROM alerts LEFT JOIN acknowledgements ON alert = id`;

/** Alerts, the newest first, and how many of that kind are open in all. */
export function findAlerts(
  model: ReadModel,
  { kind, state, silent, after, limit }: AlertQuery,
): { readonly found: Alert[]; readonly more: boolean; readonly open: number } {
  const asked: readonly AlertKind[] = kind ? [kind] : ['visitor', 'alarm'];
  const kinds = silent && asked.includes('alarm') ? [...asked, 'silent'] : asked;
  const states: readonly AlertState[] = state ? [state] : ['open', 'acknowledged'];
  const lanes = kinds.flatMap((one) =>
    states.map((is) => ({
      index: 'alerts_state',
      where: 'open = ? AND kind = ?',
      values: [is === 'open' ? 1 : 0, one],
    })),
  );
  const places = walk(model, 'alerts', lanes, { order: 'newest', after }, limit + 1);
  const rows = model.all(
    `${ALERT} WHERE key IN (SELECT value FROM json_each(?)) ORDER BY alerts.at DESC, key DESC`,
    JSON.stringify(places.slice(0, limit).map(({ key }) => key)),
  );
  const tallies = model
    .all('SELECT kind, open FROM tallies')
    .filter((tally) => kinds.some((one) => one === tally['kind']));
  return {
    found: rows.map(alertOf),
    more: places.length > limit,
    open: tallies.reduce((sum, tally) => sum + Number(tally['open']), 0),
  };
}

/** One alert by its event's id. */
export function findAlert(model: ReadModel, id: string): Alert | null {
  const row = model.one(`${ALERT} WHERE id = ?`, id);
  return row ? alertOf(row) : null;
}

/** The alerts that are about a person, also where they were a visitor then. */
export function alertsAbout(model: ReadModel, person: string): string[] {
  const rows = model.all(
    `SELECT id FROM alerts WHERE key IN (SELECT key FROM events WHERE person = ?1)
     UNION SELECT alert AS id FROM acknowledgements WHERE person = ?1`,
    person,
  );
  return rows.map((row) => String(row['id']));
}

function alertOf(row: Record<string, unknown>): Alert {
  const text = (name: string) => {
    const value = row[name];
    return typeof value === 'string' ? value : null;
  };
  const by = text('by');
  return {
    place: placeOf(row),
    id: String(row['id']),
    kind: row['kind'] === 'visitor' ? 'visitor' : 'alarm',
    type: String(row['type']),
    door: text('door'),
    person: text('person'),
    reason: String(row['reason']),
    evidence: text('evidence'),
    acknowledged:
      by === null
        ? null
        : { by, atMs: Number(row['seen']) / 1_000, note: text('note'), person: text('registered') },
  };
}
