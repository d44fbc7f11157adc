import type { ChallengeAct, CodesObserved, FacesObserved } from '@latchkey/contracts';
import {
  attemptId,
  cameraId,
  challengeAct,
  denialReason,
  displayHint,
  doorDisplay,
  doorId,
  doorPolicy,
  epochMs,
  frameId,
  lineId,
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
  /** What the face did, for an act that was asked for; null where it was not measured. */
  measured: z
    .object({ eyesOpen: z.number(), yawDeg: z.number(), aspect: z.number() })
    .nullable()
    .default(null),
});
export type Look = z.infer<typeof look>;

/** A code held to the camera, told apart by its tag; it counts once, and ends when it was looked for and not seen for a while. */
const showing = z.object({
  tag: z.string().max(64),
  /** Where it was seen last: only that camera's looks can miss it. */
  camera: cameraId,
  /** The newest look that saw it, or the one that ended it. */
  seenAt: epochMs,
  /** The first look since that did not see it. */
  missedAt: epochMs.nullable(),
  /** `asked`: put to the registry; `spent`: which said that it is used up, or wrong. */
  stage: z.enum(['fresh', 'asked', 'spent', 'over']),
});
export type Showing = z.infer<typeof showing>;

const attempt = z.object({
  id: attemptId,
  camera: cameraId,
  /** The camera's connection that it began by; null where its frames name none. */
  line: lineId.nullable().default(null),
  startedAt: epochMs,
});
export type Attempt = z.infer<typeof attempt>;

/** A picture that the camera gave, by its digest. */
const shot = z.object({ at: epochMs, picture: z.string().max(16) });
export type Shot = z.infer<typeof shot>;

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
  /** In the order of capture; only where the rules want a live face. */
  shots: z.array(shot).max(64).default([]),
  /** The size of the attempt's first picture, in pixels; `isOther`: one of another size came. */
  size: z
    .object({ widthPx: z.int(), heightPx: z.int(), isOther: z.boolean() })
    .nullable()
    .default(null),
});
export type Watched = z.infer<typeof watched>;

/** A code that waits for what the camera tells of the face in its frame. */
const heldCode = z.object({ frame: frameId, capturedAt: epochMs, tag: z.string().max(64), sealed });
export type HeldCode = z.infer<typeof heldCode>;

const recognised = watched.extend({
  identifiedAt: epochMs,
  candidates: z.array(candidate).min(1).max(8),
  clear: z.boolean(),
  held: heldCode.nullable().default(null),
  hint: displayHint.nullable(),
  /** Wrong showings left, once there was one. */
  remaining: z.int().min(0).nullable(),
  /** Wrong showings in this attempt. */
  refusals: z.int().min(0),
  /** When a code was last refused in this attempt: the wait for the next is counted from then. */
  refusedAt: epochMs.nullable().default(null),
  /** Codes that were captured before are not looked at: wrong ones were shown as this person elsewhere. */
  notBefore: epochMs.default(0),
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

const challenged = watched.extend({
  kind: z.literal('challenged'),
  candidates: z.array(candidate).min(1).max(8),
  clear: z.boolean(),
  act: challengeAct,
  askedAt: epochMs,
  /** How the face was before. */
  rest: z.object({ yawDeg: z.number(), aspect: z.number() }),
});

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
  lockedUntil: epochMs.nullable().default(null),
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
  challenged,
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
  matchThreshold: true,
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
  /** The door's, not the attempt's: a code may be held up from one attempt into the next. */
  showings: z.array(showing).max(8).default([]),
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
  waitsSince: epochMs.default(0),
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
    | 'too-late'
    | 'wait';
  readonly person: string | null;
  readonly wrongCount: number;
  readonly remaining: number;
  readonly lockedUntil: number | null;
  readonly used: boolean;
  /** `wait`: codes captured from then on are looked at. */
  readonly notBefore: number | null;
  /** It is the person's duress code: guards alone are told. */
  readonly duress: boolean;
}

/** What comes to a door. */
export type Input =
  /** `freshAttempt`: the id of the attempt that this may begin; it's given, so that the table stays pure. */
  /** `freshAct`: what this may ask for, drawn by lot for the same reason. */
  | {
      readonly on: 'faces';
      readonly seen: FacesObserved;
      readonly freshAttempt: string;
      readonly freshAct: ChallengeAct;
    }
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
