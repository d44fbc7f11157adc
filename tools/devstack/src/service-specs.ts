import { join } from 'node:path';
import { freePorts } from './free-port.js';
import { type ServiceName, type ServiceRow, type StackFacts, services } from './services.table.js';
import type { StackConfig } from './stack.config.js';
import type { ChildSpec } from './supervised-child.js';

export interface SpecOptions {
  /** The checkout's root. */
  checkout: string;
  only: readonly ServiceName[] | undefined;
  /** How many of each run. */
  counts: Pick<StackConfig, NonNullable<ServiceRow['count']>>;
  /** Settings by the person who starts it; they go before the table's. */
  given: Record<string, string>;
  /** The health port of the first program if it is free, the next one of the second, and so on; 0: any. */
  firstHealthPort: number;
  /** What every service gets. */
  shared: Record<string, string>;
  facts: StackFacts;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What is for others alone is taken out: whoever breaks into one program reads its environment, passwords and all. */
function withoutOthers(env: Env, row: ServiceRow): Env {
  const own = new Set(Object.keys(row.config.shape));
  const others = new Set(services.flatMap(({ config }) => Object.keys(config.shape)));
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => own.has(name) || !others.has(name)),
  );
}

/** One program for each row of the table, or as many as the counts say; health ports are chosen anew each time. */
export async function childSpecs(options: SpecOptions): Promise<ChildSpec[]> {
  const { checkout, only, counts, given, firstHealthPort: first, shared, facts } = options;
  const instances = services
    .filter(({ name }) => only?.includes(name) ?? true)
    .flatMap((row) =>
      Array.from({ length: row.count === undefined ? 1 : counts[row.count] }, (_, index) => ({
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
        ...withoutOthers({ ...process.env, ...row.env(facts), ...given }, row),
        ...shared,
        LK_SERVICE: row.name,
        LK_INSTANCE: name,
        LK_HEALTH_PORT: String(healthPort),
      },
    };
  });
}
