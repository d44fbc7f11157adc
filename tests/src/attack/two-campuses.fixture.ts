import { randomUUID } from 'node:crypto';
import {
  accessGranted,
  accessStarted,
  alarmDuress,
  alarmWrongCode,
  buckets,
  deadHeaders,
  deadSubject,
  delivery,
  mailNotice,
  type OperatorRole,
  subjectOf,
} from '@latchkey/contracts';
import { openBucket, publishEvent } from '@latchkey/runtime';
import { headers } from '@nats-io/nats-core';
import { vi } from 'vitest';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

const door = 'north';
const person = 's1';
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z|\b(00)?1\d{12}\b|\b\d+ ms away|\blocalhost:\d+/g;
/** A dead letter's number is its id. */
const NUMBERS = /(?<="(id|subject)":"?)\d{1,3}(?=[",])|(?<=-ID-)\d{1,3}(?=")/g;
const CURSORS = /(?<![\w-])[\w-]{102}(?![\w-])/g;

/** What somebody reads, but for ids, times and the cursors that nobody can read. */
export function withoutIds(text: string): string {
  const opaque = text.replaceAll(CURSORS, 'CURSOR').replaceAll(IDS, 'ID');
  return opaque.replaceAll(TIMES, 'TIME').replaceAll(NUMBERS, 'N');
}

/** A campus where the same happens every time, and in one of two a duress code is shown. */
export class EventfulCampus implements AsyncDisposable {
  readonly desk: FrontDesk;
  /** The last thing that happened, told to everybody. */
  readonly last: string;
  readonly #browsers: ReadonlyMap<OperatorRole, Browser>;

  private constructor(desk: FrontDesk, browsers: ReadonlyMap<OperatorRole, Browser>, last: string) {
    this.desk = desk;
    this.#browsers = browsers;
    this.last = last;
  }

  static async open(isForced: boolean): Promise<EventfulCampus> {
    const desk = await FrontDesk.open();
    await desk.gateway.ready();
    await desk.ask('POST', '/doors', { id: door, name: 'North' });
    const browsers = new Map<OperatorRole, Browser>();
    for (const role of ['enroller', 'auditor', 'guard'] as const) {
      browsers.set(role, await newOperator(desk, `the-${role}`, role));
    }
    const guard = browsers.get('guard') ?? new Browser(desk);
    await happens(desk, guard, 'alarm');
    if (isForced) await happens(desk, guard, 'duress');
    const last = await happens(desk, guard, 'alarm');
    return new EventfulCampus(desk, browsers, last);
  }

  as(role: OperatorRole): Browser {
    return this.#browsers.get(role) ?? new Browser(this.desk);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
  }
}

/** Somebody enters, an alarm comes of it, and everything else that follows from an alarm. @returns the alarm's id */
async function happens(desk: FrontDesk, guard: Browser, what: 'alarm' | 'duress') {
  const { bus } = desk.gateway;
  const attempt = randomUUID();
  const id = `${attempt}:${what}`;
  const seen = { attempt, door, camera: 'main', at: Date.now() };
  const told = { correlationId: attempt, timeMs: seen.at };
  const facts = (part: string) => ({ ...told, id: `${attempt}:${part}` });
  if (what === 'alarm') {
    // What is told of the entry itself is the same either way, so it is left out of the one that is compared.
    await publishEvent(bus, accessStarted, { door }, { ...facts('started'), data: seen });
    const grant = { ...seen, person, score: 0.7, expiresAt: seen.at };
    await publishEvent(bus, accessGranted, { door }, { ...facts('outcome'), data: grant });
    const data = { ...seen, person, evidence: null, lockedUntil: null };
    await publishEvent(bus, alarmWrongCode, { door }, { ...facts('alarm'), data });
  } else {
    const data = { ...seen, person, opened: true };
    await publishEvent(bus, alarmDuress, { door }, { ...facts('duress'), data });
  }
  await mailed(desk, id, what === 'alarm' ? 'alarm' : 'silent-alarm');
  await deadLetters(desk, id, what);
  const asked = `/alerts/${encodeURIComponent(id)}`;
  const isKnown = async () => (await guard.ask('GET', asked)).status === 200;
  await vi.waitUntil(isKnown, { timeout: 45_000, interval: 100 });
  await guard.ask('POST', `${asked}/acknowledge`, {});
  return id;
}

/** The job of a mail to a guard, and the mail that was sent, as notify notes both. */
async function mailed(desk: FrontDesk, cause: string, occasion: string): Promise<void> {
  const { bus } = desk.gateway;
  await bus.js.publish(subjectOf(mailNotice, {}), JSON.stringify({ cause }));
  const bucket = await openBucket(bus, buckets.deliveries, delivery);
  const sent = { state: 'sent', messageId: '<1@campus.example>', tries: 1, fault: null } as const;
  const job = `${cause}:${person}`;
  await bucket.put(randomUUID(), { job, recipient: person, occasion, ...sent, at: Date.now() });
}

/** Two that could not be handled, of which an administrator throws one away. */
async function deadLetters(desk: FrontDesk, id: string, what: string): Promise<void> {
  const head = headers();
  head.set(deadHeaders.id, id);
  head.set(deadHeaders.code, 'LK-MAIL-002');
  head.set(deadHeaders.reason, 'The mail server refuses the mail for good.');
  head.set(deadHeaders.subject, `lk.v1.alarm.${door}.${what}`);
  head.set(deadHeaders.sequence, '12');
  const subject = subjectOf(deadSubject, { stream: 'ALARMS', consumer: 'notify-alarms' });
  const { seq } = await desk.gateway.bus.js.publish(subject, '{}', { headers: head });
  await desk.gateway.bus.js.publish(subject, '{}', { headers: head });
  await desk.ask('DELETE', `/dead-letters/${seq}`);
}
