import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accessAbandoned,
  accessDenied,
  accessGranted,
  accessStarted,
  alarmMismatch,
  createEvent,
  type EventDefinition,
  personDeleted,
} from '@latchkey/contracts';
import type { EventStream } from '../events/cursor.pure.js';
import { type Occurrence, occurrenceOf } from './occurrence.pure.js';
import { ReadModel } from './read-model.js';

const MADE = '2026-11-22T00:00:00Z';
export const START_MS = 1_790_000_000_000;

/** A read model in a folder of its own, which goes with it. */
export class TemporaryModel implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'latchkey-happened-'));
  readonly path = join(this.#folder, 'gateway.db');
  model = this.#open();

  /** Ends and begins again, as a restart does. */
  restart(): void {
    this.model.close();
    this.model = this.#open();
  }

  /** All that lies in its files. */
  bytes(): string {
    return readdirSync(this.#folder)
      .map((name) => readFileSync(join(this.#folder, name), 'latin1'))
      .join('');
  }

  [Symbol.dispose](): void {
    this.model.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(): ReadModel {
    const model = ReadModel.open(this.path);
    for (const stream of ['ACCESS', 'ALARMS', 'REGISTRY'] as const) model.positionIn(stream, MADE);
    return model;
  }
}

const definitions = {
  started: accessStarted,
  granted: accessGranted,
  denied: accessDenied,
  abandoned: accessAbandoned,
  mismatch: alarmMismatch,
  deleted: personDeleted,
} as const;
const streamsOf: Partial<Record<keyof typeof definitions, EventStream>> = {
  mismatch: 'ALARMS',
  deleted: 'REGISTRY',
};

/** Something that happened, `atMs` after the start. */
export interface Happening {
  readonly what: keyof typeof definitions;
  readonly seq: number;
  readonly atMs: number;
  readonly door?: string;
  readonly person?: string | null;
  readonly attempt?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** It, as the model takes it. */
export function happening({ what, seq, atMs, ...told }: Happening): Occurrence {
  const definition: EventDefinition = definitions[what];
  const stream = streamsOf[what] ?? 'ACCESS';
  const { more, ...facts } = told;
  const timeMs = START_MS + atMs;
  const data = { ...(definition.example as object), at: timeMs, ...facts, ...more };
  const event = createEvent(definition, {
    id: `${stream}:${seq}`,
    source: 'test',
    timeMs,
    correlationId: 'c',
    data,
  });
  return occurrenceOf(event, { stream, seq, atUs: timeMs * 1_000 });
}
