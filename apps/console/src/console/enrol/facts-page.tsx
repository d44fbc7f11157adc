import { type FormEvent, useRef } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { faultsBeside } from '../people/field-faults.pure.js';
import { factsOf, fieldNames, type Person, type PersonDraft } from '../people/person-draft.pure.js';
import { PersonFields } from '../people/person-fields.js';
import { useFocusOnFault } from '../people/use-focus-on-fault.js';
import { ConsentField, useConsent } from './consent-field.js';
import { useFocusFirst } from './use-focus-first.js';

interface FactsPageProps {
  readonly draft: PersonDraft;
  /** The registration before was given up. */
  readonly gaveUp: boolean;
  readonly onChange: (change: Partial<PersonDraft>) => void;
  readonly onClear: () => void;
  /** The registration is begun: on with the camera. */
  readonly onBegun: (person: Person) => void;
}

/** The first half of a registration: who it is, and what they agree to. */
export function FactsPage({ draft, gaveUp, onChange, onClear, onBegun }: FactsPageProps) {
  return (
    <div className="stack">
      <nav aria-label="Where you are">
        <Link href="/people">People</Link>
      </nav>
      <h1>Register somebody</h1>
      {gaveUp ? (
        <Notice title="The registration was given up: nothing of it is stored.">
          {draft.id === '' ? null : (
            <div className="row">
              <span>What you typed is still here, for another try.</span>
              <Button size="small" onClick={onClear}>
                Empty the form
              </Button>
            </div>
          )}
        </Notice>
      ) : null}
      <FactsForm draft={draft} onChange={onChange} onBegun={onBegun} />
    </div>
  );
}

type FactsFormProps = Pick<FactsPageProps, 'draft' | 'onChange' | 'onBegun'>;

function FactsForm({ draft, onChange, onBegun }: FactsFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const consent = useConsent();
  const act = useAct('createPerson', ['listPeople']);
  const faults = faultsBeside(act.error, ['id', ...Object.keys(fieldNames)]);
  useFocusFirst(form);
  useFocusOnFault(form, act.error ?? consent.isMissed);
  const begin = (event: FormEvent) => {
    event.preventDefault();
    const id = draft.id.trim();
    const agreed = consent.ask();
    if (!agreed) return;
    act.mutate({ body: { id, ...factsOf(draft), consent: agreed } }, { onSuccess: onBegun });
  };
  return (
    <form
      ref={form}
      className="card stack narrow"
      aria-label="Who it is"
      noValidate
      onSubmit={begin}
    >
      <TextField
        label="Id"
        hint="You choose it, such as a staff or student number. It stays."
        value={draft.id}
        fault={faults.of('id')}
        onChange={({ target }) => onChange({ id: target.value })}
      />
      <PersonFields draft={draft} faults={faults} onChange={onChange} />
      <ConsentField language={draft.language} consent={consent} />
      {faults.other ? <ProblemNotice problem={faults.other} /> : null}
      <div className="row">
        <Button type="submit" kind="primary" busy={act.isPending}>
          On to the camera
        </Button>
      </div>
    </form>
  );
}
