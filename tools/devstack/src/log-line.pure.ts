const levels = new Map([
  [10, 'TRACE'],
  [20, 'DEBUG'],
  [30, 'INFO'],
  [40, 'WARN'],
  [50, 'ERROR'],
  [60, 'FATAL'],
]);

/** Facts that each line has anyway, or that the prefix says. */
const unsaid = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'name', 'service', 'instance']);

const colours = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94];

function readable(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replaceAll('\n', '\n    ');
}

function levelOf(level: unknown): string | undefined {
  if (typeof level === 'number') return levels.get(level);
  return [...levels.values()].find((name) => name.toLowerCase() === level);
}

/** A structured log line as one for people; anything else is left as it is. */
export function readableLine(line: string): string {
  if (!line.startsWith('{')) return line;
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const level = levelOf(entry.level);
  if (level === undefined) return line;
  const facts = Object.entries(entry)
    .filter(([key]) => !unsaid.has(key))
    .map(([key, value]) => `${key}=${readable(value)}`);
  return [level.padEnd(5), readable(entry.msg ?? ''), ...facts].join(' ');
}

/** "face-1   │ ", in a colour of its own for each of the first ten. */
export function logPrefix(name: string, index: number, width: number, coloured: boolean): string {
  const prefix = `${name.padEnd(width)} │`;
  return coloured ? `\u001b[${colours[index % colours.length]}m${prefix}\u001b[0m ` : `${prefix} `;
}

/** How long to wait before a program that has ended so often in a row is started again: 250 ms, doubled, 10 s at most. */
export function restartDelayMs(endsInARow: number): number {
  return Math.min(250 * 2 ** (endsInARow - 1), 10_000);
}
