import type { Operation } from './outbox.pure.js';
import { type Claim, type LivingPerson, type PersonRecord, SAMPLES } from './person.pure.js';
import { accept, type Decision, type Refused, refuse } from './refusal.pure.js';
import { ENROLLED_ALREADY_COSINE, type Likeness, openDraft } from './registration.pure.js';

/** One who claims a face and does not go on for so long (the process ended) is passed over. Looking takes 0.1 ms a person. */
const CLAIM_MAX_AGE_MS = 10_000;

/**
 * Claims the face of a draft that has its five samples. Others who complete a registration at the same moment see the
 * claim, or we see theirs: each claims before it looks, so of two at least one sees the other.
 * @param template the mean of the five, under the person's key
 */
export function claimFace(
  person: PersonRecord | null,
  template: string,
  op: Operation,
): Decision<LivingPerson> {
  const draft = openDraft(person, op);
  if (!draft.ok) return draft;
  const { samples } = draft.next;
  if (samples.length < SAMPLES) {
    return refuse(
      'LK-PER-008',
      `The registration has ${samples.length} of ${SAMPLES} samples. Add the others, then commit.`,
    );
  }
  return accept({ ...draft.next, template, claim: { by: op.id, at: op.now } });
}

/** Takes a claim away, our own or one that must not go on; where it is no longer that one nothing changes. */
export function dropClaim(person: PersonRecord | null, by: string): Decision<PersonRecord> {
  if (!person) return refuse('LK-PER-006', 'There is no such registration. Create it first.');
  if (person.state !== 'draft' || person.claim?.by !== by) return accept(person);
  return accept({ ...person, template: null, claim: null });
}

/** A claim of another draft, and how much its face resembles ours. */
export interface Rival extends Likeness {
  readonly claim: Claim;
}

/**
 * What to do about others who claim the same face now: the earliest claim wins, then the smaller id, so that both come
 * to the same end; one who claimed long ago and did not go on has no say.
 * @returns the claims to be taken away before we may go on, or the refusal where another goes before us
 */
export function outdo(
  own: { readonly id: string; readonly claim: Claim },
  rivals: readonly Rival[],
  now: number,
): { readonly outdone: readonly Rival[] } | { readonly refusal: Refused } {
  const alike = rivals.filter(
    ({ person, score }) => person !== own.id && score >= ENROLLED_ALREADY_COSINE,
  );
  const first = alike.find(({ person, claim }) => {
    if (claim.at < now - CLAIM_MAX_AGE_MS) return false;
    return claim.at < own.claim.at || (claim.at === own.claim.at && person < own.id);
  });
  if (!first) return { outdone: alike };
  const message = `The face belongs to ${first.person}, who is being registered at this moment (similarity ${first.score.toFixed(2)}). Use that registration, or delete it first.`;
  return { refusal: refuse('LK-PER-011', message) };
}
