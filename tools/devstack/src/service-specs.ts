import { join } from 'node:path';
import { DevstackError } from './devstack-error.js';
import { freePorts } from './free-port.js';
import { type ServiceName, type ServiceRow, type StackFacts, services } from './services.table.js';
import type { ChildSpec } from './supervised-child.js';

export interface SpecOptions {
  /** The checkout's root. */
  checkout: string;
  only: readonly ServiceName[] | undefined;
  /** Settings by the person who starts it; they go before the table's. */
  given: Record<string, string>;
  /** The health port of the first program if it is free, the next one of the second, and so on; 0: any. */
  firstHealthPort: number;
  /** What every service gets. */
  shared: Record<string, string>;
  facts: StackFacts;
}

function countOf({ count }: ServiceRow, given: Record<string, string>): number {
  if (count === undefined) return 1;
  const text = given[count.setting]?.trim();
  if (!text) return count.usually;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new DevstackError(
    'LK-DEV-007',
    `${count.setting} must be a whole number from 0 to 99, and is "${text}".`,
  );
}

/** One program for each row of the table, or as many as the settings say; health ports are chosen anew each time. */
export async function childSpecs(options: SpecOptions): Promise<ChildSpec[]> {
  const { checkout, only, given, firstHealthPort: first, shared, facts } = options;
  const instances = services
    .filter(({ name }) => only?.includes(name) ?? true)
    .flatMap((row) =>
      Array.from({ length: countOf(row, given) }, (_, index) => ({
        row,
        name: row.count === undefined ? row.name : `${row.name}-${index + 1}`,
      })),
    );
  const ports = await freePorts(instances.map((_, index) => (first === 0 ? 0 : first + index)));
  return instances.map(({ row, name }, index) => {
    const healthPort = ports[index] ?? 0;
    return {
      name,
      healthPort,
      command: process.execPath,
      args: ['--enable-source-maps', join(checkout, 'services', row.name, 'dist', 'main.js')],
      stopsLast: row.stopsLast ?? false,
      env: {
        ...process.env,
        ...row.env(facts),
        ...given,
        ...shared,
        LK_SERVICE: row.name,
        LK_INSTANCE: name,
        LK_HEALTH_PORT: String(healthPort),
      },
    };
  });
}
