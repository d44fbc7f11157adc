import type { CloudEvent } from '@latchkey/contracts';

const PREFIX = /^lk\.v1\./;
/** Said elsewhere in the line, or of use to machines only. */
const LEFT_OUT = new Set(['door', 'person', 'at', 'attempt', 'signature']);

/** An event as one line: when, what, where, whom, and what else it says. */
export function eventLine(event: CloudEvent): string {
  const data = isRecord(event.data) ? event.data : {};
  const details = Object.entries(data)
    .filter(([key, value]) => !LEFT_OUT.has(key) && value !== null)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const cells = [
    event.time.replace('T', ' ').replace(/(\.\d+)?Z$/, ''),
    event.type.replace(PREFIX, '').padEnd(26),
    word(data['door']).padEnd(16),
    word(data['person']).padEnd(12),
    ...details,
  ];
  return cells.join('  ').trimEnd();
}

/** Ids are words; anything else is quoted, so that no event can write control characters to a terminal. */
function word(value: unknown): string {
  if (value === undefined || value === null) return '-';
  return typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
