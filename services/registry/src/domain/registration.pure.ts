import {
  type abandonReason,
  applicantNotice,
  codeNotice,
  type Language,
  personAbandoned,
  personEnrolled,
} from '@latchkey/contracts';
import type { z } from 'zod';
import {
  type FreshCode,
  type Operation,
  owedAudit,
  owedCode,
  owedEvent,
  owedSync,
} from './outbox.pure.js';
import {
  type Consent,
  type LivingPerson,
  owing,
  type PersonRecord,
  SAMPLES,
  validCode,
} from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';
import { cosine, meanTemplate } from './template.pure.js';

/** The shipped 1:1 threshold: FMR 1.4e-4 with one template a person (LFW, all pairs). */
const SAME_PERSON_COSINE = 0.4;
/** From here on a face is taken for someone enrolled: FMR 1.6e-6 a comparison (LFW, mean of five samples). */
export const ENROLLED_ALREADY_COSINE = 0.55;
/**
 * From here on two people are told to the operator as alike, though both may be enrolled: the FMR is 8e-6 a comparison (LFW), so
 * that by chance one registration of 125 is told of at 1,000 people. Relatives are, and twins beyond {@link ENROLLED_ALREADY_COSINE} refused.
 */
export const ALIKE_COSINE = 0.5;
/** A registration tells of at most so many who are alike. */
const ALIKE_TOLD = 5;
/** A registration that takes longer is given up. */
export const DRAFT_MAX_AGE_MS = 15 * 60 * 1_000;

export type AbandonReason = z.infer<typeof abandonReason>;

/** What a registration begins with; `key` is the person's own, wrapped by the master key. */
export interface Applicant {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly guard: boolean;
  readonly groups: readonly string[];
  readonly language: Language;
  readonly consent: Consent | null;
  readonly key: string;
}

/** Someone enrolled whom a face resembles: cosine of the sample and that person's template. */
export interface Likeness {
  readonly person: string;
  readonly score: number;
}

/** Begins a registration. A tombstone of the same id gives way, and what it owed is owed on. */
export function createDraft(
  existing: PersonRecord | null,
  applicant: Applicant,
  op: Operation,
): Decision<LivingPerson> {
  const draft = newPerson(existing, applicant, 'draft', op);
  if (!draft.ok) return draft;
  return accept(owing(draft.next, [owedAudit(op, 'person.draft', { person: applicant.id })]));
}

/** The record of somebody new under an id that is free. */
export function newPerson(
  existing: PersonRecord | null,
  applicant: Applicant,
  state: 'draft' | 'listed',
  op: Operation,
): Decision<LivingPerson> {
  if (existing && existing.state !== 'gone') {
    return refuse('LK-PER-002', `The person id ${applicant.id} is taken.`);
  }
  return accept({
    ...applicant,
    state,
    createdAt: op.now,
    enrolledAt: 0,
    samples: [],
    template: null,
    code: null,
    lastUse: null,
    wrong: [],
    locks: [],
    requestedAt: [],
    claim: null,
    outbox: existing?.outbox ?? [],
  });
}

/** A sample: its template as a unit vector, and the same as it will be stored, under the person's key. */
export interface Sample {
  readonly vector: readonly number[];
  readonly stored: string;
}

/**
 * Adds a sample to a draft.
 * @param earlier the templates of the samples before, unit vectors, in order
 * @param resembles enrolled people whom it resembles
 * @returns the number of samples and the cosine of this one and the mean of those before (1 for the first)
 */
export function addSample(
  person: PersonRecord | null,
  sample: Sample,
  earlier: readonly (readonly number[])[],
  resembles: readonly Likeness[],
  op: Operation,
): Decision<LivingPerson, { samples: number; agreement: number }> {
  const draft = openDraft(person, op);
  if (!draft.ok) return draft;
  if (!draft.next.consent) {
    return refuse(
      'LK-PER-014',
      'Expected the consent of the person, got none: no template is stored without it. Abandon the registration and begin it with `consent`.',
    );
  }
  const { samples } = draft.next;
  if (samples.length >= SAMPLES) {
    return refuse(
      'LK-PER-009',
      `The registration has its ${SAMPLES} samples already. Commit it, or abandon it and start anew.`,
    );
  }
  const other = enrolledAlready(draft.next.id, resembles);
  if (other) return other;
  const mean = meanTemplate(earlier);
  const agreement = mean ? cosine(mean, sample.vector) : 1;
  if (agreement < SAME_PERSON_COSINE) {
    return refuse(
      'LK-PER-010',
      `The sample agrees with those before to ${agreement.toFixed(2)}, expected ${SAME_PERSON_COSINE} or more. Take it again with the same person before the camera.`,
    );
  }
  const next = { ...draft.next, samples: [...samples, sample.stored] };
  return { ok: true, next, reply: { samples: next.samples.length, agreement } };
}

/** Refuses a face that belongs to someone enrolled under another id, and names that id. */
export function enrolledAlready(id: string, resembles: readonly Likeness[]) {
  const other = resembles.find(
    (likeness) => likeness.person !== id && likeness.score >= ENROLLED_ALREADY_COSINE,
  );
  return other
    ? refuse(
        'LK-PER-011',
        `The face belongs to ${other.person}, who is registered (similarity ${other.score.toFixed(2)}). Use that registration, or delete it first.`,
      )
    : null;
}

/** Whom of the others a face resembles enough to be told of, the most alike first. */
export function alikeTo(id: string, resembles: readonly Likeness[]): Likeness[] {
  return resembles
    .filter(({ person, score }) => person !== id && score >= ALIKE_COSINE)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, ALIKE_TOLD);
}

/** What the audit says of a likeness, by ids alone. */
export function alikeWords(what: 'enrolled' | 'refused', { person, score }: Likeness): string {
  return `${what}: like ${person} (${score.toFixed(2)})`;
}

/** Notes in the audit that a registration was refused since its face is somebody else's. */
export function noteRefusedAlike(
  person: PersonRecord | null,
  alike: readonly Likeness[],
  op: Operation,
): Decision<PersonRecord> {
  const draft = draftOf(person);
  if (!draft.ok) return draft;
  const [other] = alikeTo(draft.next.id, alike);
  if (!other) return accept(draft.next);
  const facts = { person: draft.next.id, detail: alikeWords('refused', other) };
  return accept(owing(draft.next, [owedAudit(op, 'person.alike', facts)]));
}

/**
 * Completes a registration whose face is claimed: the person is enrolled, and the first code is issued.
 * @param alike others whom the face resembles: the audit tells of the pair under both
 */
export function commitDraft(
  claimed: LivingPerson,
  fresh: FreshCode,
  codeLifeMs: number | null,
  alike: readonly Likeness[],
  op: Operation,
): LivingPerson {
  const { id } = claimed;
  const enrolled: LivingPerson = {
    ...claimed,
    state: 'enrolled',
    enrolledAt: op.now,
    samples: [],
    claim: null,
    code: validCode(fresh.digest, 'registered', codeLifeMs, op),
  };
  return owing(enrolled, [
    owedAudit(op, 'person.enrolled', {
      person: id,
      ...(alike[0] ? { detail: alikeWords('enrolled', alike[0]) } : {}),
    }),
    ...alike.map(({ person, score }) =>
      owedAudit(op, 'person.alike', {
        person,
        detail: alikeWords('enrolled', { person: id, score }),
      }),
    ),
    owedSync(op),
    owedEvent(op, personEnrolled, {}, { person: id, at: op.now }),
    ...owedCode(op, codeNotice, {
      person: id,
      reason: 'registered',
      door: null,
      sealed: fresh.sealed,
    }),
  ]);
}

/**
 * Gives a registration up: nothing stays but what is owed, or the entry in the list that was there before.
 * @param sealed name, address and what was wrong, sealed for notify
 */
export function abandonDraft(
  person: PersonRecord | null,
  reason: AbandonReason,
  sealed: string,
  op: Operation,
): Decision<PersonRecord> {
  const draft = draftOf(person);
  if (!draft.ok) return draft;
  const { id, outbox, wasListed } = draft.next;
  const left: PersonRecord = wasListed ? listedAgain(draft.next) : { id, state: 'gone', outbox };
  return accept(
    owing(left, [
      owedAudit(op, 'person.abandoned', { person: id, detail: reason }),
      owedSync(op),
      owedEvent(op, applicantNotice, {}, { person: id, reason, sealed, at: op.now }),
      owedEvent(op, personAbandoned, {}, { person: id, reason, at: op.now }),
    ]),
  );
}

/** A draft as it was before its registration began: listed, without a trace of the samples. */
function listedAgain(draft: LivingPerson): LivingPerson {
  return {
    ...draft,
    state: 'listed',
    wasListed: false,
    startedAt: draft.createdAt,
    consent: null,
    samples: [],
    template: null,
    claim: null,
  };
}

function draftOf(person: PersonRecord | null): Decision<LivingPerson> {
  if (!person || person.state === 'gone')
    return refuse('LK-PER-006', 'There is no such registration. Create it first.');
  if (person.state !== 'draft') {
    return refuse(
      'LK-PER-007',
      `The person ${person.id} is ${person.state}; expected a draft. Registration is over.`,
    );
  }
  return accept(person);
}

function startOf({ startedAt, createdAt }: LivingPerson): number {
  return startedAt ?? createdAt;
}

/** A draft that may still be worked on. */
export function openDraft(person: PersonRecord | null, op: Operation): Decision<LivingPerson> {
  const draft = draftOf(person);
  if (!draft.ok || op.now - startOf(draft.next) <= DRAFT_MAX_AGE_MS) return draft;
  return refuse(
    'LK-PER-007',
    `The registration of ${draft.next.id} is older than 15 minutes and is given up. Start anew.`,
  );
}
