// Real: broker, registry with its file store, gateway over HTTP, operators who signed in. Made up: the alarm, as auth tells it.
import { randomUUID } from 'node:crypto';
import { accessGranted, alarmDuress, type OperatorRole } from '@latchkey/contracts';
import { publishEvent } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

const door = 'north';
const person = 's1';
const attempt = randomUUID();
const id = `${attempt}:duress`;
const after = randomUUID();

const asked = [
  '/events',
  '/events?order=newest',
  `/events?person=${person}`,
  '/events?type=alarm.duress',
  '/events?order=newest&type=alarm.duress',
  `/events?order=newest&door=${door}`,
  `/people/${person}/entries`,
  '/alerts',
  '/alerts?kind=alarm',
  `/alerts/${encodeURIComponent(id)}`,
  '/doors/overview',
  '/insights',
  '/audit',
  '/deliveries',
  '/dead-letters',
];

describe('a silent alarm', { timeout: 60_000 }, () => {
  let desk: FrontDesk;
  const browsers = new Map<OperatorRole, Browser>();

  beforeAll(async () => {
    desk = await FrontDesk.open();
    await desk.ask('POST', '/doors', { id: door, name: 'North' });
    for (const role of ['enroller', 'auditor', 'guard'] as const) {
      browsers.set(role, await newOperator(desk, `the-${role}`, role));
    }
    const { bus } = desk.gateway;
    const data = { attempt, door, camera: 'main', at: Date.now(), person };
    const grant = { ...data, score: 0.7, expiresAt: Date.now() };
    const facts = { id: `${attempt}:outcome`, correlationId: attempt, data: grant };
    await publishEvent(bus, accessGranted, { door }, facts);
    const alarm = { id, correlationId: attempt, data: { ...data, opened: true } };
    await publishEvent(bus, alarmDuress, { door }, alarm);
    const later = { ...facts, id: `${after}:outcome`, data: { ...grant, attempt: after } };
    await publishEvent(bus, accessGranted, { door }, later);
    const isKnown = async () => (await seenBy('guard', '/events?order=newest')).includes(id);
    await vi.waitUntil(isKnown, { timeout: 20_000, interval: 100 });
    // Seeing to it is noted in the audit, which auditors read.
    await browserOf('guard').ask('POST', `/alerts/${encodeURIComponent(id)}/acknowledge`, {});
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  function browserOf(role: OperatorRole): Browser {
    return browsers.get(role) ?? new Browser(desk);
  }

  async function seenBy(role: OperatorRole, path: string): Promise<string> {
    const { json } = await browserOf(role).ask('GET', path);
    return JSON.stringify(json);
  }

  it.each(asked)('is not told to an auditor or an enroller by %s', async (path) => {
    for (const role of ['auditor', 'enroller'] as const) {
      // What they asked for comes back in a refusal.
      const seen = (await seenBy(role, path)).replaceAll(encodeURIComponent(id), '');
      expect(seen.replaceAll(`There is no alert ${id}.`, '')).not.toMatch(/duress|silent/);
    }
  });

  it('is not what happened last at a door, to anybody', async () => {
    expect(await seenBy('guard', '/doors/overview')).not.toMatch(/duress/);
  });

  it('is told to a guard, in the list, as an alert, and by its id', async () => {
    for (const path of ['/events', '/alerts', `/alerts/${encodeURIComponent(id)}`]) {
      expect(await seenBy('guard', path)).toContain(id);
    }
  });

  it.each(['auditor', 'enroller'] as const)('is not in the live stream of an %s', async (role) => {
    const since = new Date(Date.now() - 60_000).toISOString();
    const response = await browserOf(role).fetch('GET', `/events/live?since=${since}`);
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      // What happened after it: the alarm was passed over.
      if (text.includes(after)) break;
    }
    expect(text).toContain(after);
    expect(text).not.toMatch(/duress/);
  });

  it('is issued by an enroller; a guard or an auditor may not', async () => {
    const statusOf = async (role: OperatorRole) =>
      (await browserOf(role).ask('POST', '/people/none-1/duress-code')).status;
    expect([
      await statusOf('enroller'),
      await statusOf('guard'),
      await statusOf('auditor'),
    ]).toEqual([404, 403, 403]);
  });
});
