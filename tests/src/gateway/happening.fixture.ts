import { randomUUID } from 'node:crypto';
import { accessGranted, accessStarted } from '@latchkey/contracts';
import { publishEvent } from '@latchkey/runtime';
import type { FrontDesk } from './front-desk.fixture.js';

const door = 'north';

/** Someone begins to enter. @returns the attempt, which is the event's id */
export async function happen(desk: FrontDesk, attempt = randomUUID()): Promise<string> {
  const data = { attempt, door, camera: 'main', at: 1 };
  const facts = { id: attempt, correlationId: attempt, data };
  await publishEvent(desk.gateway.bus, accessStarted, { door }, facts);
  return attempt;
}

/** Someone enters. @returns the attempt */
export async function enter(desk: FrontDesk, attempt = randomUUID()): Promise<string> {
  await happen(desk, attempt);
  const grant = { attempt, door, camera: 'main', at: 1, person: 's1024', score: 0.7, expiresAt: 2 };
  const facts = { id: `${attempt}:outcome`, correlationId: attempt, data: grant };
  await publishEvent(desk.gateway.bus, accessGranted, { door }, facts);
  return attempt;
}
