import { type CloudEvent, type EventDefinition, events, filterOf } from '@latchkey/contracts';
import { type EventStream, eventStreams } from './cursor.pure.js';

/** Which events are wanted; what is left out is not asked for. */
export interface EventFilter {
  readonly door?: string | undefined;
  readonly type?: readonly string[] | undefined;
}

const PREFIX = 'lk.v1.';
const DOOR_TOKEN = '{door}';
const readable: readonly EventDefinition[] = events.filter(({ stream }) =>
  eventStreams.some((name) => name === stream),
);
const types = new Set(readable.map(({ type }) => type));

/** Every type that outsiders may read. */
export const eventTypes: readonly string[] = [...types].toSorted();

/** A type in full: `access.granted` is `lk.v1.access.granted`. */
export function toEventType(text: string): string {
  return text.startsWith(PREFIX) ? text : PREFIX + text;
}

export function isEventType(type: string): boolean {
  return types.has(type);
}

/** The subjects of one stream that can hold what is wanted; empty: nothing there can. */
export function subjectsFor(stream: EventStream, filter: EventFilter): string[] {
  return readable
    .filter((event) => event.stream === stream && (filter.type?.includes(event.type) ?? true))
    .map((event) =>
      filterOf({ template: event.template.replace(DOOR_TOKEN, filter.door ?? DOOR_TOKEN) }),
    );
}

/** Whether an event is wanted. Where the subject names no door, the event's data may. */
export function isWanted(event: CloudEvent, filter: EventFilter): boolean {
  if (filter.type && !filter.type.includes(event.type)) return false;
  return filter.door === undefined || doorOf(event) === filter.door;
}

function doorOf(event: CloudEvent): string | undefined {
  const data = event.data;
  if (data === null || typeof data !== 'object' || !('door' in data)) return undefined;
  return typeof data.door === 'string' ? data.door : undefined;
}
