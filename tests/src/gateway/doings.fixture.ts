import { randomUUID } from 'node:crypto';
import {
  accessDenied,
  accessGranted,
  accessStarted,
  alarmMismatch,
  type EventDefinition,
} from '@latchkey/contracts';
import { publishEvent } from '@latchkey/runtime';
import type { FrontDesk } from './front-desk.fixture.js';

/** Where and when something happens; `at` in milliseconds since 1970, by whoever tells it. */
export interface Where {
  readonly door?: string;
  readonly person?: string | null;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Someone begins to enter. @returns the attempt, which is the event's id */
export async function begin(desk: FrontDesk, where: Where = {}): Promise<string> {
  const attempt = randomUUID();
  const { door, startedAt: at = 1 } = where;
  await tell(desk, accessStarted, attempt, { ...(door ? { door } : {}), at });
  return attempt;
}

/** Someone enters. @returns the attempt */
export async function enter(desk: FrontDesk, where: Where = {}): Promise<string> {
  const attempt = await begin(desk, where);
  const at = where.endedAt ?? 1;
  const grant = { person: 's1024', ...where, at, score: 0.7, expiresAt: at + 1 };
  await tell(desk, accessGranted, `${attempt}:outcome`, grant);
  return attempt;
}

/** A stranger is sent away. @returns the attempt */
export async function turnAway(desk: FrontDesk, where: Where = {}): Promise<string> {
  const attempt = await begin(desk, where);
  const denial = { ...where, at: 1, reason: 'unknown', evidence: 'north.1', lockedUntil: null };
  await tell(desk, accessDenied, `${attempt}:outcome`, { person: null, ...denial });
  return attempt;
}

/** Someone shows another's code. @returns the alarm's id */
export async function alarm(desk: FrontDesk, where: Where = {}): Promise<string> {
  const id = `${randomUUID()}:alarm`;
  await tell(desk, alarmMismatch, id, {
    person: 's1',
    ...where,
    evidence: null,
    by: 'code',
    at: 1,
  });
  return id;
}

async function tell(
  desk: FrontDesk,
  definition: EventDefinition<`${string}.{door}.${string}`>,
  id: string,
  more: Where & { readonly at: number } & Readonly<Record<string, unknown>>,
): Promise<void> {
  const [attempt = id] = id.split(':');
  // Schemas drop what they don't know, such as `startedAt`.
  const data = { attempt, door: 'north', camera: 'main', ...more };
  const told = { id, correlationId: attempt, timeMs: more.at, data };
  await publishEvent(desk.gateway.bus, definition, { door: data.door }, told);
}
