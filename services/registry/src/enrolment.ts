import { Failure } from '@latchkey/runtime';
import { change, failureOf, neverItsTurn, takeTurn } from './change.js';
import { freshCodeFor } from './code.desk.js';
import type { DeskFacts } from './desk.js';
import type { Operation } from './domain/outbox.pure.js';
import { type LivingPerson, type PersonRecord, peopleCollection } from './domain/person.pure.js';
import type { Refused } from './domain/refusal.pure.js';
import { claimFace, dropClaim, outdo } from './domain/claim.pure.js';
import { commitDraft, enrolledAlready } from './domain/registration.pure.js';
import { fromFloatBytes, meanTemplate, toFloatBytes } from './domain/template.pure.js';
import type { Lookalikes } from './lookalikes.js';
import type { Stored } from './store/store.port.js';
import { decryptFor, encryptFor } from './vault.js';

const TRIES = 16;

type Claimed = Stored<LivingPerson> & { readonly template: readonly number[] };

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
  commit(id: string, op: Operation): Promise<Stored<LivingPerson>> {
    const committed = this.#last.then(() => this.#commit(id, op));
    this.#last = committed.catch(() => undefined);
    return committed;
  }

  /** Claims the face, looks whose else it is, and commits only if nothing was written to the draft since the claim. */
  async #commit(id: string, op: Operation): Promise<Stored<LivingPerson>> {
    const { store, keys, codeLifeMs } = this.#facts;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const claimed = await this.#claim(id, op);
      const refusal = await this.#look(claimed, op);
      if (refusal) {
        await this.#drop(id, op.id);
        throw failureOf(refusal);
      }
      const document = commitDraft(claimed.document, freshCodeFor(keys, id), codeLifeMs, op);
      const result = await store.replace(peopleCollection, id, claimed.version, document);
      if (result.ok) return { id, version: result.version, document };
      await takeTurn(attempt);
    }
    throw neverItsTurn();
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
  async #look({ id, document, template }: Claimed, op: Operation): Promise<Refused | null> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const rivals = await this.#lookalikes.amongClaims(template);
      const claim = document.claim ?? { by: op.id, at: op.now };
      const verdict = outdo({ id, claim }, rivals, this.#facts.nowMs());
      if ('refusal' in verdict) return verdict.refusal;
      if (verdict.outdone.length === 0) {
        return enrolledAlready(id, await this.#lookalikes.amongAll(template));
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
export function samplesOf(masterKey: Uint8Array, draft: LivingPerson): number[][] {
  return draft.samples.map((box) => fromFloatBytes(decryptFor(masterKey, draft, 'sample', box)));
}

function meanOf(masterKey: Uint8Array, draft: LivingPerson): number[] | null {
  return meanTemplate(samplesOf(masterKey, draft));
}

function encrypted(masterKey: Uint8Array, person: PersonRecord, vector: readonly number[]): string {
  if (person.state === 'gone') return '';
  return encryptFor(masterKey, person, 'template', toFloatBytes(vector));
}

function passIfGone(error: unknown): void {
  if (error instanceof Failure && error.code === 'LK-PER-006') return;
  throw error;
}
