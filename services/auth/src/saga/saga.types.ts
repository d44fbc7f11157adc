import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import {
  attemptId,
  cameraId,
  denialReason,
  displayHint,
  doorDisplay,
  doorId,
  doorPolicy,
  epochMs,
  frameId,
  objectKey,
  personId,
  sealed,
  similarity,
} from '@latchkey/contracts';
import { z } from 'zod';

const candidate = z.object({ person: personId, score: similarity });

/** What one frame's nearest face said, once judged by the door's policy. */
const look = z.object({
  frame: frameId,
  at: epochMs,
  says: z.enum(['known', 'unknown', 'not-live']),
  candidates: z.array(candidate).max(8),
  clear: z.boolean(),
});
export type Look = z.infer<typeof look>;

/** A code held to the camera, told apart by its tag; it counts once, and ends when unseen for a while. */
const showing = z.object({ tag: z.string().max(64), seenAt: epochMs, counted: z.boolean() });
export type Showing = z.infer<typeof showing>;

const attempt = z.object({ id: attemptId, camera: cameraId, startedAt: epochMs });
export type Attempt = z.infer<typeof attempt>;

/** What the camera told in this attempt. */
const watched = z.object({
  attempt,
  deadline: epochMs,
  looks: z.array(look).max(16),
  /** When last someone was there, in steps: see `PRESENCE_STEP_MS`. */
  presentAt: epochMs,
  /** Two people near the camera, by the newest frame that showed two, or the first since that showed fewer. */
  crowd: z.object({ at: epochMs, now: z.boolean() }),
  /** The newest picture in `snapshots`. */
  snapshot: objectKey.nullable(),
});
export type Watched = z.infer<typeof watched>;

/** A code that waits for what the camera tells of the face in its frame. */
const heldCode = z.object({ frame: frameId, capturedAt: epochMs, tag: z.string().max(64), sealed });
export type HeldCode = z.infer<typeof heldCode>;

const recognised = watched.extend({
  identifiedAt: epochMs,
  candidates: z.array(candidate).min(1).max(8),
  clear: z.boolean(),
  showings: z.array(showing).max(8),
  held: heldCode.nullable().default(null),
  hint: displayHint.nullable(),
  /** Wrong showings left, once there was one. */
  remaining: z.int().min(0).nullable(),
  /** Wrong showings in this attempt. */
  refusals: z.int().min(0),
  newCode: z.enum(['none', 'asked', 'sent']),
});

const check = z.object({
  frame: frameId,
  capturedAt: epochMs,
  notAfter: epochMs,
  sealed,
  /** Those who stood there with the code, live. */
  candidates: z.array(candidate).min(1).max(8),
  /** How often the registry was asked. */
  asked: z.int().min(1),
  /** When to ask again; null while an answer is awaited. */
  askAgainAt: epochMs.nullable(),
});
export type Check = z.infer<typeof check>;

const idle = z.object({ kind: z.literal('idle'), since: epochMs });
const identifying = watched.extend({ kind: z.literal('identifying') });
const awaitingCode = recognised.extend({ kind: z.literal('awaiting-code') });
const checkingCode = recognised.extend({ kind: z.literal('checking-code'), check });
const settled = z.object({
  kind: z.literal('settled'),
  attempt,
  phase: z.enum(['granted', 'denied', 'expired', 'abandoned']),
  reason: denialReason.nullable(),
  hint: displayHint.nullable(),
  /** Who may be named on the display. */
  person: personId.nullable(),
  settledAt: epochMs,
  presentAt: epochMs,
});
const outOfService = z.object({ kind: z.literal('out-of-service'), shown: z.boolean() });

/** What a door is doing. */
const sagaState = z.discriminatedUnion('kind', [
  idle,
  identifying,
  awaitingCode,
  checkingCode,
  settled,
  outOfService,
]);
export type SagaState = z.infer<typeof sagaState>;
export type StateOf<Kind extends SagaState['kind']> = Extract<SagaState, { kind: Kind }>;

/** What the saga needs of the door's policy. */
export const doorRules = doorPolicy.pick({
  liveness: true,
  livenessThreshold: true,
  codeWaitS: true,
  outOfService: true,
});
export type DoorRules = z.infer<typeof doorRules>;

/** A door: its rules (null: none known, so it is closed) and what it is doing. */
export const door = z.object({
  id: doorId,
  rules: doorRules.nullable(),
  /** Which revision of the `policy` bucket the rules are of. */
  policyRevision: z.int().min(0).default(0),
  state: sagaState,
});
export type Door = z.infer<typeof door>;

const useCode = z.object({
  do: z.literal('use-code'),
  attempt: attemptId,
  candidates: z.array(personId).min(1),
  sealed,
  frame: frameId,
  capturedAt: epochMs,
  notAfter: epochMs,
});

/** What a step owes the world, as data. All but `send-new-code` may be carried out twice without harm. */
export const effect = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('publish'),
    type: z.string(),
    /** The message id, by which the broker drops doubles. */
    id: z.string(),
    attempt: attemptId,
    at: epochMs,
    data: z.record(z.string(), z.unknown()),
  }),
  z.object({ do: z.literal('keep-photograph'), from: objectKey, to: objectKey }),
  z.object({
    do: z.literal('show'),
    person: personId.nullable(),
    display: doorDisplay.omit({ name: true, language: true, sentence: true }),
  }),
  useCode,
  z.object({ do: z.literal('send-new-code'), attempt: attemptId, person: personId }),
]);
export type Effect = z.infer<typeof effect>;
export type EffectOf<Do extends Effect['do']> = Extract<Effect, { do: Do }>;

/** What the registry answered about a code. */
export interface CodeAnswer {
  readonly outcome:
    | 'granted'
    | 'wrong'
    | 'mismatch'
    | 'suspended'
    | 'locked'
    | 'expired'
    | 'too-late';
  readonly person: string | null;
  readonly wrongCount: number;
  readonly remaining: number;
  readonly lockedUntil: number | null;
  readonly used: boolean;
}

/** What comes to a door. */
export type Input =
  /** `freshAttempt`: the id of the attempt that this may begin; it's given, so that the table stays pure. */
  | { readonly on: 'faces'; readonly seen: FacesObserved; readonly freshAttempt: string }
  | { readonly on: 'codes'; readonly seen: CodesObserved }
  | {
      readonly on: 'code-checked';
      readonly attempt: string;
      readonly frame: string;
      readonly answer: CodeAnswer;
    }
  | { readonly on: 'no-answer'; readonly attempt: string; readonly frame: string }
  | { readonly on: 'cancel' }
  | { readonly on: 'new-code' }
  | {
      readonly on: 'new-code-answered';
      readonly attempt: string;
      readonly outcome: 'sent' | 'too-often' | 'failed';
    }
  | { readonly on: 'due' }
  | {
      readonly on: 'policy';
      readonly rules: DoorRules | null;
      /** Its revision in the bucket: a replica may hear of it late. */
      readonly revision: number;
      /** Read from the bucket's beginning: it counts though its revision is lower, for a bucket that was made anew counts from 1. */
      readonly isRead: boolean;
    };
export type InputOf<On extends Input['on']> = Extract<Input, { on: On }>;
