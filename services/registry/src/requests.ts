import type { ErrorCode } from '@latchkey/contracts';
import {
  abandonReason,
  attemptId,
  audience,
  auditAction,
  consentVersion,
  doorId,
  epochMs,
  frameId,
  kioskPairing,
  language,
  newDoorSettings,
  newPersonId,
  objectKey,
  oneLine,
  operatorAct,
  operatorLook,
  operatorRole,
  personId,
  personName,
  passkeyName,
  personState,
  sealed,
  username,
} from '@latchkey/contracts';
import { Failure } from '@latchkey/runtime';
import { z } from 'zod';

/** One plain address (the dot-atom form of RFC 5322, a host name with a dot): no display name, no list, no quoting. */
const plainAddress =
  /^(?=.{3,254}$)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

const by = z
  .string()
  .max(100)
  .regex(oneLine, 'stands on one line')
  .transform((name) => name.trim() || 'unnamed');
const pageSize = z
  .int()
  .min(0)
  .max(1_000)
  .transform((size) => size || 100);
const pageToken = z.string().max(500).regex(oneLine);
const email = z.string().regex(plainAddress, 'expected one plain address');
const group = z.string().trim().min(1).max(64).regex(oneLine, 'stands on one line');

/** An event's id. */
const eventId = z.string().min(1).max(200).regex(oneLine, 'stands on one line');
const auditText = z.string().max(200).regex(oneLine, 'stands on one line');
/** What may be left empty: gRPC knows no other nothing. */
const optional = <Schema extends z.ZodType>(schema: Schema) => z.union([z.literal(''), schema]);
const passwordHash = z
  .string()
  .max(500)
  .regex(/^\$argon2id\$/, 'expected argon2id as a PHC string');
/** Bytes as a browser tells of them. WebAuthn, 4: a credential's id has 1023 bytes at most, a handle 64. */
const base64url = (mostBytes: number) =>
  z
    .string()
    .max(Math.ceil((mostBytes * 4) / 3))
    .regex(/^[\w-]+$/, 'expected base64url');
const credential = base64url(1023);
const counter = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const stamp = z.string().max(64);
const totpSecret = z.string().regex(/^[A-Z2-7]{16,128}$/, 'expected a secret in base32');
/** What an account is vouched for as: an e-mail address, or another claim, letter by letter. */
const vouchedFor = z.string().trim().min(1).max(254).regex(oneLine, 'stands on one line');
const groups = z
  .array(group)
  .max(32)
  .transform((given) => [...new Set(given)]);
const languageOrNone = optional(language).transform((given) => given || 'en');
const details = { name: personName, email, guard: z.boolean(), groups, language: languageOrNone };

/** What each call may ask. */
export const requests = {
  createDraft: z.object({
    person: newPersonId,
    ...details,
    consent: optional(consentVersion),
    by,
  }),
  beginEnrolment: z.object({ person: personId, consent: optional(consentVersion), by }),
  /** Each of the people is checked for itself, by `newcomer`. */
  listNewcomers: z.object({ people: z.array(z.unknown()).max(500), lookOnly: z.boolean(), by }),
  newcomer: z.object({ person: newPersonId, ...details }),
  updatePerson: z.object({ person: personId, version: z.int().min(1), ...details, by }),
  addSample: z.object({
    person: personId,
    sealedTemplate: sealed,
    by,
    resembles: z.array(z.object({ person: personId, score: z.number() })).max(16),
  }),
  abandonDraft: z.object({
    person: personId,
    reason: abandonReason,
    detail: z.string().max(500),
    by,
  }),
  personRef: z.object({ person: personId, by }),
  caller: z.object({ by }),
  listPeople: z.object({
    state: optional(personState),
    group: z.string().max(64),
    q: z.string().max(100),
    sort: z.enum(['', 'id', 'name', '-enrolledAt']),
    pageSize,
    pageToken,
  }),
  reissueCode: z.object({
    person: personId,
    reason: z.enum(['reissued', 'requested', 'duress']),
    by,
  }),
  useCode: z.object({
    attempt: attemptId,
    door: doorId,
    candidates: z
      .array(personId)
      .min(1)
      .max(8)
      .transform((ids) => [...new Set(ids)]),
    sealed,
    frame: frameId,
    capturedAt: epochMs,
    notAfter: epochMs,
    waitsSince: epochMs,
  }),
  liftLock: z.object({ person: personId, door: doorId, by }),
  doorRef: z.object({ door: doorId, by }),
  testLock: z.object({
    door: doorId,
    name: z.string().max(200),
    reason: auditText.trim().min(1, 'say why'),
    by,
  }),
  pairKiosk: kioskPairing,
  createDoor: z.object({ door: doorId, settingsJson: z.string().max(10_000), by }),
  updateDoor: z.object({
    door: doorId,
    settingsJson: z.string().max(10_000),
    version: z.int().min(1),
    by,
  }),
  listRecipients: z
    .object({
      audience: audience.exclude(['nobody']),
      group: z.string().max(64),
      except: z.string().max(64),
      enrolledBefore: z.number().nonnegative(),
      pageSize,
      pageToken,
    })
    .refine((asked) => asked.audience !== 'group' || asked.group !== '', {
      path: ['group'],
      message: 'name the group',
    }),
  noteSighting: z.object({
    visitor: eventId,
    door: doorId,
    at: epochMs,
    evidence: objectKey,
    sealedTemplate: sealed,
  }),
  listSightings: z.object({ visitors: z.array(eventId).max(100) }),
  beginAct: z.object({
    by,
    action: operatorAct,
    subject: auditText,
    person: optional(personId),
    door: optional(doorId),
    detail: auditText,
  }),
  endAct: z.object({
    id: auditText,
    by,
    outcome: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'a word, or the code of a failure'),
  }),
  noteLook: z.object({ by, action: operatorLook, subject: auditText, door: optional(doorId) }),
  listAudit: z.object({
    since: z.number().nonnegative(),
    until: z.number().nonnegative(),
    by: z.string().max(100),
    action: optional(auditAction),
    person: optional(personId),
    door: optional(doorId),
    pageSize,
    pageToken,
  }),
  listAuditChain: z.object({ pageSize, pageToken }),
  operatorRef: z.object({ username, by }),
  createOperator: z.object({
    username,
    name: personName,
    role: operatorRole,
    passwordHash: optional(passwordHash),
    first: z.boolean(),
    invitedAs: optional(vouchedFor).default(''),
    by,
  }),
  updateOperator: z.object({
    username,
    name: personName,
    role: operatorRole,
    disabled: z.boolean(),
    version: z.int().min(1),
    by,
  }),
  setOperatorPassword: z.object({ username, passwordHash, removeTotp: z.boolean(), by }),
  beginTotp: z.object({ username, secret: totpSecret, by }),
  confirmTotp: z.object({ username, secret: totpSecret, step: z.int().min(1), by }),
  recordSignIn: z.object({
    username,
    stamp,
    totpStep: z.int().min(0),
    bySubject: z.boolean().optional(),
  }),
  noteFailedSignIn: z.object({ username }),
  findBySubject: z.object({
    issuer: z.url({ protocol: /^https?$/ }).max(500),
    subject: z.string().min(1).max(255).regex(oneLine),
    knownAs: optional(vouchedFor),
  }),
  setSingleSignOn: z.object({ username, invitedAs: optional(vouchedFor), by }),
  findPasskey: z.object({ credential, by }),
  addPasskey: z.object({
    username,
    stamp,
    name: passkeyName,
    credential,
    handle: base64url(64),
    publicKey: base64url(4_096),
    counter,
    transports: z.array(z.string().max(32)).max(8),
    by,
  }),
  removePasskey: z.object({ username, id: auditText, by }),
  recordPasskeySignIn: z.object({ username, stamp, credential, counter }),
};

/** Faults of these fields have codes of their own. */
export const codeOfField: Readonly<Record<string, ErrorCode>> = {
  person: 'LK-PER-001',
  email: 'LK-PER-003',
  name: 'LK-PER-005',
  door: 'LK-DOR-001',
  username: 'LK-OPR-001',
};

/**
 * Checks a request; fields it does not know are dropped.
 * @throws Failure, terminal, that names every field at fault but none of the values
 */
export function checked<Output>(schema: z.ZodType<Output>, request: unknown): Output {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const code = codeOfField[String(issues[0]?.path[0])] ?? 'LK-REQ-001';
  throw Failure.terminal(code, faultsOf(issues));
}

/** A door's settings from their JSON. @throws Failure LK-DOR-001 that names each fault */
export function readSettings(json: string) {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw Failure.terminal('LK-DOR-001', "The door's settings are no JSON. Send a JSON object.");
  }
  const parsed = newDoorSettings.safeParse(given);
  if (parsed.success) return parsed.data;
  throw Failure.terminal('LK-DOR-001', faultsOf(parsed.error.issues));
}

function faultsOf(issues: readonly z.core.$ZodIssue[]): string {
  const faults = issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`);
  return `The request is malformed. ${faults.join('; ')}. Mend what is named.`;
}
