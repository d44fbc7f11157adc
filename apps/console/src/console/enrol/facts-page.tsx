import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { faultsBeside, withTyped } from '../api/field-faults.pure.js';
import { factsOf, fieldNames, type Person, type PersonDraft } from '../people/person-draft.pure.js';
import { PersonFields } from '../people/person-fields.js';
import { ConsentField, useConsent } from './consent-field.js';
import { faultsTyped, ID_HINT } from './facts-faults.pure.js';

interface FactsPageProps {
  readonly draft: PersonDraft;
  /** The registration before was given up. */
  readonly gaveUp: boolean;
  readonly onChange: (change: Partial<PersonDraft>) => void;
  /** The registration is begun: on with the camera. */
  readonly onBegun: (person: Person) => void;
}

/** The first half of a registration: who it is, and what they agree to. */
export function FactsPage({ draft, gaveUp, onChange, onBegun }: FactsPageProps) {
  return (
    <div className="stack">
      <nav aria-label="Where you are">
        <Link href="/people">People</Link>
      </nav>
      <h1>Register somebody</h1>
      {gaveUp ? <Notice title="The registration was given up: nothing of it is stored." /> : null}
      <FactsForm draft={draft} onChange={onChange} onBegun={onBegun} />
    </div>
  );
}

type FactsFormProps = Pick<FactsPageProps, 'draft' | 'onChange' | 'onBegun'>;

function FactsForm({ draft, onChange, onBegun }: FactsFormProps) {
  const consent = useConsent();
  const [tries, setTries] = useState(0);
  const act = useAct('createPerson', ['listPeople']);
  const refused = faultsBeside(act.error, ['id', ...Object.keys(fieldNames)]);
  const typed = faultsTyped(draft);
  const faults = tries > 0 ? withTyped(refused, typed) : refused;
  const begin = () => {
    setTries(tries + 1);
    const id = draft.id.trim();
    const agreed = consent.ask();
    if (!agreed || typed.size > 0) {
      act.reset();
      return;
    }
    act.mutate({ body: { id, ...factsOf(draft), consent: agreed } }, { onSuccess: onBegun });
  };
  return (
    <Form
      className="card facts-form"
      aria-label="Who it is"
      beginsHere
      faults={faults}
      found={tries}
      onSubmit={begin}
      acts={
        <Button type="submit" kind="primary" busy={act.isPending}>
          On to the camera
        </Button>
      }
    >
      <div className="stack">
        <TextField
          label="Id"
          hint={ID_HINT}
          spellCheck={false}
          autoCapitalize="none"
          value={draft.id}
          fault={faults.of('id')}
          onChange={({ target }) => onChange({ id: target.value })}
        />
        <PersonFields draft={draft} faults={faults} onChange={onChange} />
      </div>
      <ConsentField language={draft.language} consent={consent} />
    </Form>
  );
}
