import type { CloudEvent } from '@latchkey/contracts';
import { silentType } from '../events/silent.pure.js';
import type { Place } from './place.pure.js';
import type { ReadModel } from './read-model.js';
import { type Lane, placeOf, type Way, walk } from './walk.js';

/** Which events are wanted, and how many at most. */
export interface EventQuery extends Way {
  readonly door?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly person?: string | undefined;
  /** Silent alarms, too; without it they are not told of, whatever is asked for. */
  readonly silent?: boolean | undefined;
  readonly limit: number;
}

/** An event and its place. */
export interface Placed {
  readonly place: Place;
  readonly event: CloudEvent;
}

/** Events by time; only a person's are filtered further one by one. */
export function findEvents(
  model: ReadModel,
  query: EventQuery,
): { readonly found: Placed[]; readonly more: boolean } {
  const { limit } = query;
  const places = walk(model, 'events', lanesFor(query), query, limit + 1);
  const wanted = places.slice(0, limit);
  const rows = model.all(
    'SELECT * FROM events WHERE key IN (SELECT value FROM json_each(?))',
    JSON.stringify(wanted.map(({ key }) => key)),
  );
  const byKey = new Map(rows.map((row) => [row['key'], eventOf(row)]));
  const found = wanted.flatMap((place) => {
    const event = byKey.get(place.key);
    return event ? [{ place, event }] : [];
  });
  return { found, more: places.length > limit };
}

/** The newest thing that happened at a door, also at one that is no more; null where nothing is known of. */
export function lastAtDoor(model: ReadModel, door: string): Placed | null {
  const row = model.one(
    'SELECT events.* FROM doors JOIN events ON events.key = doors.key WHERE doors.door = ?',
    door,
  );
  return row ? { place: placeOf(row), event: eventOf(row) } : null;
}

function lanesFor(query: EventQuery): Lane[] {
  const lanes = lanesOf(query);
  if (query.silent) return lanes;
  return lanes.map(({ index, where, values }) => ({
    index,
    where: `${where} AND type <> ?`,
    values: [...values, silentType],
  }));
}

function lanesOf({ door, type, person }: EventQuery): Lane[] {
  if (person !== undefined) return [laneOfPerson(person, door, type)];
  if (!type) return [laneOf(door)];
  return type.map((one) => laneOf(door, one));
}

function laneOf(door?: string, type?: string): Lane {
  if (door !== undefined && type !== undefined) {
    return { index: 'events_door_type', where: 'door = ? AND type = ?', values: [door, type] };
  }
  if (door !== undefined) return { index: 'events_door', where: 'door = ?', values: [door] };
  if (type !== undefined) return { index: 'events_type', where: 'type = ?', values: [type] };
  return { index: 'events_at', where: 'TRUE', values: [] };
}

function laneOfPerson(person: string, door?: string, type?: readonly string[]): Lane {
  const ofDoor = door === undefined ? '' : ' AND door = ?';
  const ofType = type ? ' AND type IN (SELECT value FROM json_each(?))' : '';
  return {
    index: 'events_person',
    where: `person = ?${ofDoor}${ofType}`,
    values: [
      person,
      ...(door === undefined ? [] : [door]),
      ...(type ? [JSON.stringify(type)] : []),
    ],
  };
}

/** The event of a row, as it was published. */
function eventOf(row: Record<string, unknown>): CloudEvent {
  return {
    specversion: '1.0',
    id: String(row['id']),
    source: String(row['source']),
    type: String(row['type']),
    time: String(row['time']),
    datacontenttype: 'application/json',
    correlationid: String(row['correlation']),
    data: JSON.parse(String(row['data'])) as unknown,
  };
}
