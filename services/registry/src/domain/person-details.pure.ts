import { type Language, personChanged, personField } from '@latchkey/contracts';
import { differing } from './audit.pure.js';
import { type Operation, owedAudit, owedEvent } from './outbox.pure.js';
import { type LivingPerson, owing, type PersonRecord, revisionOf } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** What an operator may set of a person. */
export interface PersonDetails {
  readonly name: string;
  readonly email: string;
  readonly guard: boolean;
  readonly groups: readonly string[];
  readonly language: Language;
}

/** Changes a person's details if they are still those of `revision`; the audit says of names and addresses only that. */
export function updatePerson(
  existing: PersonRecord | null,
  { revision, details }: { revision: number; details: PersonDetails },
  op: Operation,
): Decision<LivingPerson> {
  if (!existing || existing.state === 'gone') {
    return refuse('LK-PER-006', 'There is no such person. See the list of people.');
  }
  const current = revisionOf(existing);
  if (current !== revision) {
    return refuse(
      'LK-PER-012',
      `The person was changed meanwhile: expected version ${current}, got ${revision}. Read it again, then repeat the change.`,
    );
  }
  const before = { ...existing, language: existing.language ?? 'en' };
  const changed = personField.options.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(details[field]),
  );
  if (changed.length === 0) return accept(existing);
  const next = { ...existing, ...details, revision: current + 1 };
  const facts = { person: existing.id, detail: changed.join(', ') };
  const values = differing(tellable(before), tellable(details));
  const told = { person: existing.id, fields: changed, at: op.now };
  return accept(
    owing(next, [
      owedAudit(op, 'person.changed', { ...facts, ...values }),
      owedEvent(op, personChanged, {}, told),
    ]),
  );
}

/** What the audit may say of details: it outlives the person, so no name and no address. */
function tellable({ guard, groups, language }: PersonDetails) {
  return { guard, groups, language };
}
