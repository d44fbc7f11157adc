import { z } from 'zod';
import { textTable } from './text-table.pure.js';

/** What is shown of the gateway's answer; the rest of it is left alone. */
export const status = z.object({
  ready: z.boolean(),
  parts: z.array(
    z.object({
      name: z.string(),
      health: z.string(),
      detail: z.string(),
      instances: z.array(z.object({ warnings: z.array(z.string()).optional() })).default([]),
    }),
  ),
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
    textTable(parts.map((part) => [markOf(part), part.name, part.detail])),
    textTable([
      ['STREAM', 'MESSAGES', 'KIB'],
      ...streams.map(({ name, messages, sizeBytes }) => [name, `${messages}`, kib(sizeBytes)]),
    ]),
    textTable([
      ['CONSUMER', 'OF', 'WAITING', 'UNDER WAY'],
      ...consumers.map(({ name, stream, waiting, underWay }) => [
        name,
        stream,
        `${waiting}`,
        `${underWay}`,
      ]),
    ]),
  ];
  return lines.join('\n');
}

/** Whether a part is all right: ready, ready but not safe, or not ready. */
function markOf({ health, instances }: Status['parts'][number]): string {
  if (health !== 'ok') return '✗';
  return instances.some(({ warnings = [] }) => warnings.length > 0) ? '!' : '✓';
}

function kib(sizeBytes: number): string {
  return (sizeBytes / 1024).toFixed(1);
}
