import { randomBytes, randomUUID } from 'node:crypto';
import {
  accessDenied,
  accessGranted,
  alarmMismatch,
  alarmNotLive,
  alarmWrongCode,
  applicantNotice,
  type CodeReason,
  codeNotice,
  createEvent,
  personEnrolled,
  subjectOf,
} from '@latchkey/contracts';
import { publishEvent } from '@latchkey/runtime';
import type { PostOffice } from './post-office.fixture.js';

/** A code as the registry makes them. */
export const newCode = (): string => `LK1.${randomBytes(16).toString('base64url')}`;

interface CodeJob {
  readonly id?: string;
  readonly person?: string;
  /** Whose code is in it; the same person's, where left out. */
  readonly owner?: string;
  readonly text?: string;
  readonly sealed?: string;
  readonly reason?: CodeReason;
  readonly door?: string | null;
  /** When it was issued; now, where left out. */
  readonly at?: number;
}

/** A code's job, as the registry's outbox writes it. @returns its id, which is its correlation id, too */
export async function postCode(office: PostOffice, job: CodeJob = {}): Promise<string> {
  const facts = await codeFacts(office, job);
  await publishEvent(office.bus, codeNotice, {}, facts);
  return facts.id;
}

/** The same job once more, which the broker does not know for a double: as replayed from the dead letters. */
export async function postCodeAgain(office: PostOffice, id: string): Promise<void> {
  const facts = await codeFacts(office, { id });
  const event = createEvent(codeNotice, { ...facts, source: 'test', timeMs: office.bus.nowMs() });
  await office.bus.js.publish(subjectOf(codeNotice, {}), JSON.stringify(event));
}

async function codeFacts(office: PostOffice, job: CodeJob) {
  const id = job.id ?? randomUUID();
  const person = job.person ?? 'asha';
  const content = { text: job.text ?? newCode(), person: job.owner ?? person };
  const sealed = job.sealed ?? (await office.sealForNotify(content));
  const { reason = 'granted', door = null, at = office.bus.nowMs() } = job;
  const data = { person, reason, door, sealed, at };
  return { id, correlationId: id, data };
}

/** A job about an applicant, as the registry's outbox writes it. */
export async function postApplicant(
  office: PostOffice,
  applicant: { name: string; email: string; detail: string },
): Promise<string> {
  const id = randomUUID();
  const sealed = await office.sealForNotify(applicant);
  const data = { person: 'dora', reason: 'samples' as const, sealed, at: office.bus.nowMs() };
  await publishEvent(office.bus, applicantNotice, {}, { id, correlationId: id, data });
  return id;
}

const newAttempt = (office: PostOffice, door: string) => ({
  attempt: randomUUID(),
  door,
  camera: 'main',
  at: office.bus.nowMs(),
});

/** What auth publishes of an attempt's outcome. Each returns the attempt, which is the correlation id. */
export async function grant(office: PostOffice, person: string, door = 'library') {
  const attempt = newAttempt(office, door);
  const data = { ...attempt, person, score: 0.7, expiresAt: attempt.at + 2_000 };
  const facts = { id: `${attempt.attempt}:outcome`, correlationId: attempt.attempt, data };
  await publishEvent(office.bus, accessGranted, { door }, facts);
  return attempt.attempt;
}

export async function deny(
  office: PostOffice,
  facts: { evidence?: string | null; reason?: 'unknown' | 'mismatch'; door?: string } = {},
) {
  const { evidence = null, reason = 'unknown', door = 'library' } = facts;
  const attempt = newAttempt(office, door);
  const data = { ...attempt, reason, person: null, evidence, lockedUntil: null };
  await publishEvent(
    office.bus,
    accessDenied,
    { door },
    {
      id: `${attempt.attempt}:outcome`,
      correlationId: attempt.attempt,
      data,
    },
  );
  return attempt.attempt;
}

export async function alarm(
  office: PostOffice,
  kind: 'not-live' | 'mismatch' | 'wrong-code',
  person: string | null,
  evidence: string | null = null,
  door = 'library',
) {
  const attempt = newAttempt(office, door);
  const data = { ...attempt, person, evidence };
  const facts = { id: `${attempt.attempt}:alarm`, correlationId: attempt.attempt };
  if (kind === 'not-live') {
    await publishEvent(office.bus, alarmNotLive, { door }, { ...facts, data });
  } else if (kind === 'mismatch') {
    await publishEvent(
      office.bus,
      alarmMismatch,
      { door },
      { ...facts, data: { ...data, by: 'code' } },
    );
  } else {
    const locked = { ...data, lockedUntil: attempt.at + 300_000 };
    await publishEvent(office.bus, alarmWrongCode, { door }, { ...facts, data: locked });
  }
  return attempt.attempt;
}

export async function enrol(office: PostOffice, person: string, at = office.bus.nowMs()) {
  const id = randomUUID();
  await publishEvent(
    office.bus,
    personEnrolled,
    {},
    { id, correlationId: id, data: { person, at } },
  );
  return id;
}
