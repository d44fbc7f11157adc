import { Failure, type Held } from '@latchkey/runtime';
import { change, failureOf, neverItsTurn, takeTurn } from './change.js';
import { freshCodeFor } from './code.desk.js';
import type { DeskFacts } from './desk.js';
import type { Operation } from './domain/outbox.pure.js';
import { type LivingPerson, type PersonRecord, peopleCollection } from './domain/person.pure.js';
import type { Refused } from './domain/refusal.pure.js';
import { claimFace, dropClaim, outdo } from './domain/claim.pure.js';
import {
  alikeTo,
  commitDraft,
  enrolledAlready,
  type Likeness,
  noteRefusedAlike,
} from './domain/registration.pure.js';
import { fromFloatBytes, meanTemplate, toFloatBytes } from './domain/template.pure.js';
import type { Lookalikes } from './lookalikes.js';
import type { Stored } from './store/store.port.js';
import { decryptFor, encryptFor } from './vault.js';

const TRIES = 16;

type Claimed = Stored<LivingPerson> & { readonly template: readonly number[] };

/** Somebody who was enrolled, with others whom the face resembles without being refused for it. */
export type Enrolled = Stored<LivingPerson> & { readonly alike: readonly Likeness[] };

type Look = { readonly refusal: Refused | null; readonly resembles: readonly Likeness[] };

/** Completes registrations, so that a face is enrolled under one id only, whatever is completed at the same moment. */
export class Enrolment {
  readonly #facts: DeskFacts;
  readonly #lookalikes: Lookalikes;
  #last: Promise<unknown> = Promise.resolve();

  constructor(facts: DeskFacts, lookalikes: Lookalikes) {
    this.#facts = facts;
    this.#lookalikes = lookalikes;
  }

  /**
   * One after the other within this process, so that who asks twice or for two gets a plain answer; claims decide between
   * processes.
   * @throws Failure with the refusal's code; LK-STO-002, retryable, where it never came to its turn.
   */
  commit(id: string, op: Operation): Promise<Enrolled> {
    const committed = this.#last.then(() => this.#commit(id, op));
    this.#last = committed.catch(() => undefined);
    return committed;
  }

  /** Claims the face, looks whose else it is, and commits only if nothing was written to the draft since the claim. */
  async #commit(id: string, op: Operation): Promise<Enrolled> {
    const { store, keys, codeLifeMs } = this.#facts;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const claimed = await this.#claim(id, op);
      const { refusal, resembles } = await this.#look(claimed, op);
      if (refusal) {
        await this.#drop(id, op.id);
        await this.noteRefused(id, resembles, op);
        throw failureOf(refusal);
      }
      const alike = alikeTo(id, resembles);
      const fresh = freshCodeFor(keys, id);
      const document = commitDraft(claimed.document, fresh, codeLifeMs, alike, op);
      const result = await store.replace(peopleCollection, id, claimed.version, document);
      if (result.ok) return { id, version: result.version, document, alike };
      await takeTurn(attempt);
    }
    throw neverItsTurn();
  }

  /** Notes a refused likeness in the audit; who is refused is refused all the same, where the draft is gone meanwhile. */
  async noteRefused(id: string, alike: readonly Likeness[], op: Operation): Promise<void> {
    const { store, relay } = this.#facts;
    await change(store, peopleCollection, id, (current) =>
      noteRefusedAlike(current, alike, op),
    ).catch(passIfGone);
    relay.nudge(peopleCollection, id);
  }

  async #claim(id: string, op: Operation): Promise<Claimed> {
    const { store, keys } = this.#facts;
    const { stored, reply } = await change<PersonRecord, LivingPerson, readonly number[] | null>(
      store,
      peopleCollection,
      id,
      (current) => {
        const template = current?.state === 'draft' ? meanOf(keys.masterKey, current) : null;
        const box = template && current ? encrypted(keys.masterKey, current, template) : '';
        const decision = claimFace(current, box, op);
        return decision.ok ? { ...decision, reply: template } : decision;
      },
    );
    return { ...stored, template: reply ?? [] };
  }

  /** Whose else the face is. Claims first: one that turns into a person meanwhile is seen among the people. */
  async #look({ id, document, template }: Claimed, op: Operation): Promise<Look> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const rivals = await this.#lookalikes.amongClaims(template);
      const claim = document.claim ?? { by: op.id, at: op.now };
      const verdict = outdo({ id, claim }, rivals, this.#facts.nowMs());
      if ('refusal' in verdict) return { refusal: verdict.refusal, resembles: rivals };
      if (verdict.outdone.length === 0) {
        const resembles = await this.#lookalikes.amongAll(template);
        return { refusal: enrolledAlready(id, resembles), resembles };
      }
      for (const { person, claim: theirs } of verdict.outdone) await this.#drop(person, theirs.by);
    }
    throw neverItsTurn();
  }

  async #drop(id: string, by: string): Promise<void> {
    const { store } = this.#facts;
    await change(store, peopleCollection, id, (current) => dropClaim(current, by)).catch(
      passIfGone,
    );
  }
}

/** The templates of a draft's samples, unit vectors, in order. */
export function samplesOf(masterKey: Held<Uint8Array>, draft: LivingPerson): number[][] {
  return draft.samples.map((box) => fromFloatBytes(decryptFor(masterKey, draft, 'sample', box)));
}

function meanOf(masterKey: Held<Uint8Array>, draft: LivingPerson): number[] | null {
  return meanTemplate(samplesOf(masterKey, draft));
}

function encrypted(
  masterKey: Held<Uint8Array>,
  person: PersonRecord,
  vector: readonly number[],
): string {
  if (person.state === 'gone') return '';
  return encryptFor(masterKey, person, 'template', toFloatBytes(vector));
}

function passIfGone(error: unknown): void {
  if (error instanceof Failure && ['LK-PER-006', 'LK-PER-007'].includes(error.code)) return;
  throw error;
}
