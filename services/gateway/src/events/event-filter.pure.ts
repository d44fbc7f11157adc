import { type CloudEvent, type EventDefinition, events, filterOf } from '@latchkey/contracts';
import { type EventStream, eventStreams } from './cursor.pure.js';
import { silentType } from './silent.pure.js';

/** Which events are wanted; what is left out is not asked for. */
export interface EventFilter {
  readonly door?: string | undefined;
  readonly type?: readonly string[] | undefined;
  /** Silent alarms, too; without it they are not told of, whatever is asked for. */
  readonly silent?: boolean | undefined;
}

const DOOR_TOKEN = '{door}';
const readable: readonly EventDefinition[] = events.filter(({ stream }) =>
  eventStreams.some((name) => name === stream),
);
const types = new Set(readable.map(({ type }) => type));

/** Every type that outsiders may read. */
export const eventTypes: readonly string[] = [...types].toSorted();

export function isEventType(type: string): boolean {
  return types.has(type);
}

/**
 * The narrowest subject of one stream that holds all that is wanted, or null where nothing there can be. One and not
 * several: only a consumer of one filter is made under its own name, and only such a one may the gateway make.
 */
export function subjectFor(stream: EventStream, filter: EventFilter): string | null {
  const subjects = readable
    .filter((event) => event.stream === stream && (filter.type?.includes(event.type) ?? true))
    .map((event) =>
      filterOf({ template: event.template.replace(DOOR_TOKEN, filter.door ?? DOOR_TOKEN) }),
    );
  const [first, ...others] = subjects.map((subject) => subject.split('.'));
  if (!first) return null;
  const shared = (token: string, at: number): string =>
    others.every((other) => other[at] === token) ? token : '*';
  return first.map(shared).join('.');
}

/**
 * The subject of what a reader of `subjectFor` is handed and must pass over as if it were not there; null where there is
 * nothing of the kind.
 */
export function untoldSubjectFor(stream: EventStream, filter: EventFilter): string | null {
  const subject = subjectFor(stream, filter)?.split('.');
  const silent = subjectFor(stream, { door: filter.door, type: [silentType] });
  if (filter.silent || !subject || silent === null) return null;
  const isAmong = silent.split('.').every((token, at) => [token, '*'].includes(subject[at] ?? ''));
  return isAmong ? silent : null;
}

/** Whether somebody may not be told of an event, nor that anything was there. */
export function isUntold(event: CloudEvent | null, { silent }: EventFilter): boolean {
  return event?.type === silentType && !silent;
}

/** Whether an event is wanted. Where the subject names no door, the event's data may. */
export function isWanted(event: CloudEvent, filter: EventFilter): boolean {
  if (isUntold(event, filter)) return false;
  if (filter.type && !filter.type.includes(event.type)) return false;
  return filter.door === undefined || doorOf(event) === filter.door;
}

function doorOf(event: CloudEvent): string | undefined {
  const data = event.data;
  if (data === null || typeof data !== 'object' || !('door' in data)) return undefined;
  return typeof data.door === 'string' ? data.door : undefined;
}
