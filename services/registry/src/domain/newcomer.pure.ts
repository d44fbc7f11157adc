import { type Operation, owedAudit } from './outbox.pure.js';
import { type Consent, type LivingPerson, owing, type PersonRecord } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';
import { type Applicant, newPerson } from './registration.pure.js';

/** Lists somebody who is to be enrolled later: known, but no samples, no code and no end. */
export function listNewcomer(
  existing: PersonRecord | null,
  applicant: Applicant,
  op: Operation,
): Decision<LivingPerson> {
  const listed = newPerson(existing, applicant, 'listed', op);
  if (!listed.ok) return listed;
  return accept(owing(listed.next, [owedAudit(op, 'person.listed', { person: applicant.id })]));
}

/** Begins the registration of somebody who is listed, in the same record; given up, they are listed again. */
export function beginEnrolment(
  person: PersonRecord | null,
  consent: Consent | null,
  op: Operation,
): Decision<LivingPerson> {
  if (!person || person.state === 'gone') {
    return refuse('LK-PER-006', 'There is no such person. See the list of people.');
  }
  if (person.state !== 'listed') {
    return refuse(
      'LK-PER-007',
      `The person ${person.id} is ${person.state}; expected listed. A registration is begun once.`,
    );
  }
  const draft: LivingPerson = {
    ...person,
    state: 'draft',
    wasListed: true,
    startedAt: op.now,
    consent,
  };
  return accept(owing(draft, [owedAudit(op, 'person.draft', { person: person.id })]));
}
