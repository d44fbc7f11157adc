import type { ConsentVersion, sealedApplicant } from '@latchkey/contracts';
import type { AddSampleReply, Person } from '@latchkey/contracts/grpc';
import { Failure, seal } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { beginEnrolment } from './domain/newcomer.pure.js';
import type { Operation } from './domain/outbox.pure.js';
import {
  type Consent,
  describePerson,
  type LivingPerson,
  type PersonRecord,
  peopleCollection,
} from './domain/person.pure.js';
import {
  type AbandonReason,
  abandonDraft,
  addSample,
  createDraft,
  DRAFT_MAX_AGE_MS,
} from './domain/registration.pure.js';
import { toFloatBytes } from './domain/template.pure.js';
import { Enrolment, samplesOf } from './enrolment.js';
import { Lookalikes } from './lookalikes.js';
import { openTemplate } from './open-template.js';
import type { requests } from './requests.js';
import type { SightingDesk } from './sighting.desk.js';
import { encryptFor, newPersonKey } from './vault.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

/** Registration: draft, five samples, commit, or given up. */
export class RegistrationDesk {
  readonly #facts: DeskFacts;
  readonly #sightings: SightingDesk;
  readonly #lookalikes: Lookalikes;
  readonly #enrolment: Enrolment;

  constructor(facts: DeskFacts, sightings: SightingDesk) {
    this.#facts = facts;
    this.#sightings = sightings;
    this.#lookalikes = new Lookalikes(facts.store, facts.keys.masterKey);
    this.#enrolment = new Enrolment(facts, this.#lookalikes);
  }

  async createDraft(asked: Asked<'createDraft'>, origin: Origin): Promise<Person> {
    const { person: id, name, email, guard, groups, language, by } = asked;
    const op = beginOperation(this.#facts, origin, by);
    const key = newPersonKey(this.#facts.keys.masterKey, id);
    const consent = consentOf(asked.consent, op);
    const applicant = { id, name, email, guard, groups, language, consent, key };
    return this.#change(id, op.now, (current) => createDraft(current, applicant, op));
  }

  beginEnrolment(asked: Asked<'beginEnrolment'>, origin: Origin): Promise<Person> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const consent = consentOf(asked.consent, op);
    return this.#change(asked.person, op.now, (current) => beginEnrolment(current, consent, op));
  }

  async addSample(asked: Asked<'addSample'>, origin: Origin): Promise<AddSampleReply> {
    const { person: id, by, resembles } = asked;
    const op = beginOperation(this.#facts, origin, by);
    const vector = openTemplate(this.#facts.keys.seed, asked.sealedTemplate);
    const alike = await this.#lookalikes.among(
      resembles.map((likeness) => likeness.person),
      vector,
    );
    const added = change(this.#facts.store, peopleCollection, id, (current) => {
      const { stored, earlier } = this.#prepare(current, vector);
      return addSample(current, { vector, stored }, earlier, alike, op);
    });
    const { reply } = await added.catch(async (error: unknown) => {
      const isRefusedAlike = error instanceof Failure && error.code === 'LK-PER-011';
      if (isRefusedAlike) await this.#enrolment.noteRefused(id, alike, op);
      throw error;
    });
    return reply;
  }

  async commitDraft(asked: Asked<'personRef'>, origin: Origin): Promise<Person> {
    const { person: id, by } = asked;
    const op = beginOperation(this.#facts, origin, by);
    const { document, alike } = await this.#enrolment.commit(id, op);
    // What is left of them where this fails goes by its age.
    await this.#sightings.forgetLike(document).catch(() => undefined);
    this.#facts.relay.nudge(peopleCollection, id);
    return { ...describePerson(document, op.now), alike: [...alike] };
  }

  async abandonDraft(asked: Asked<'abandonDraft'>, origin: Origin): Promise<void> {
    await this.#abandon(asked.person, asked.reason, asked.detail, asked.by, origin);
  }

  /** Gives up every registration that takes longer than 15 minutes. */
  async abandonExpired(): Promise<void> {
    const { store, nowMs } = this.#facts;
    const filter = { state: 'draft', startedAt: { below: nowMs() - DRAFT_MAX_AGE_MS } };
    let after = '';
    do {
      const page = await store.find(peopleCollection, filter, { after, limit: 100 });
      for (const { id } of page.items) {
        const detail = 'The registration was not completed within 15 minutes.';
        await this.#abandon(id, 'expired', detail, 'registry', {
          correlationId: `expired-${id}`,
        }).catch(passIfDecidedMeanwhile);
      }
      after = page.next;
    } while (after !== '');
  }

  async #abandon(id: string, reason: AbandonReason, detail: string, by: string, origin: Origin) {
    const { store, relay, keys } = this.#facts;
    const op = beginOperation(this.#facts, origin, by);
    await change(store, peopleCollection, id, (current) => {
      const { name, email } = current?.state === 'draft' ? current : { name: '', email: '' };
      const applicant: z.infer<typeof sealedApplicant> = { name, email, detail };
      const sealed = seal(keys.notifyPublicKey, JSON.stringify(applicant));
      return abandonDraft(current, reason, sealed, op);
    });
    // In the relay's turn again where it fails: what is given up is given up.
    await store.scrub().catch(() => undefined);
    relay.nudge(peopleCollection, id);
  }

  async #change(
    id: string,
    now: number,
    decide: Parameters<typeof change<PersonRecord, LivingPerson, null>>[3],
  ): Promise<Person> {
    const { store, relay } = this.#facts;
    const { stored } = await change(store, peopleCollection, id, decide);
    relay.nudge(peopleCollection, id);
    return describePerson(stored.document, now);
  }

  #prepare(current: PersonRecord | null, vector: readonly number[]) {
    if (current?.state !== 'draft') return { stored: '', earlier: [] };
    const { masterKey } = this.#facts.keys;
    return {
      stored: encryptFor(masterKey, current, 'sample', toFloatBytes(vector)),
      earlier: samplesOf(masterKey, current),
    };
  }
}

function consentOf(version: ConsentVersion | '', op: Operation): Consent | null {
  return version === '' ? null : { version, at: op.now, by: op.by };
}

/** A draft that was committed or given up between the look and the write is as it should be. */
function passIfDecidedMeanwhile(error: unknown): void {
  if (error instanceof Failure && ['LK-PER-006', 'LK-PER-007'].includes(error.code)) return;
  throw error;
}
