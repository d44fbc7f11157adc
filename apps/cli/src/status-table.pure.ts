import { z } from 'zod';

/** What is shown of the gateway's answer; the rest of it is left alone. */
export const status = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ name: z.string(), health: z.string(), detail: z.string() })),
  streams: z.array(z.object({ name: z.string(), messages: z.int(), sizeBytes: z.int() })),
  consumers: z.array(
    z.object({ name: z.string(), stream: z.string(), waiting: z.int(), underWay: z.int() }),
  ),
});
export type Status = z.infer<typeof status>;

/** The status as lines for people. */
export function statusTable({ ready, parts, streams, consumers }: Status): string {
  const lines = [
    ready ? 'Latchkey is ready.' : 'Latchkey is not ready.',
    '',
    ...columns(
      parts.map(({ name, health, detail }) => [health === 'ok' ? '✓' : '✗', name, detail]),
    ),
    '',
    ...columns([
      ['STREAM', 'MESSAGES', 'KIB'],
      ...streams.map(({ name, messages, sizeBytes }) => [name, `${messages}`, kib(sizeBytes)]),
    ]),
    '',
    ...columns([
      ['CONSUMER', 'OF', 'WAITING', 'UNDER WAY'],
      ...consumers.map(({ name, stream, waiting, underWay }) => [
        name,
        stream,
        `${waiting}`,
        `${underWay}`,
      ]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function kib(sizeBytes: number): string {
  return (sizeBytes / 1024).toFixed(1);
}
