import './enrol.css';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { emptyDraft, type Person, type PersonDraft } from '../people/person-draft.pure.js';
import { EnrolPage } from './enrol-page.js';
import { FactsPage } from './facts-page.js';

/** A registration: first who it is, at `/enrol`; then the face, at `/enrol/<id>`. What was typed stays for another try. */
export default function EnrolArea() {
  const [, go] = useLocation();
  const client = useQueryClient();
  const [draft, setDraft] = useState(emptyDraft);
  const [gaveUp, setGaveUp] = useState(false);
  const change = (changed: Partial<PersonDraft>) => setDraft((typed) => ({ ...typed, ...changed }));
  const begin = (begun: Person) => {
    setGaveUp(false);
    client.setQueryData(['getPerson', { params: { id: begun.id } }], begun);
    go(`/enrol/${begun.id}`, { replace: true });
  };
  const giveUp = (id: string, isListed: boolean) => {
    setGaveUp(!isListed);
    // What was read of the draft is no more.
    client.removeQueries({ queryKey: ['getPerson', { params: { id } }] });
    go(isListed ? `/people/${id}` : '/enrol', { replace: true });
  };
  const clear = useCallback(() => {
    setGaveUp(false);
    setDraft(emptyDraft);
  }, []);
  return (
    <Switch>
      <Route path="/enrol">
        <FactsPage
          draft={draft}
          gaveUp={gaveUp}
          onChange={change}
          onClear={clear}
          onBegun={begin}
        />
      </Route>
      <Route path="/enrol/:id">
        {({ id }) => (
          <EnrolPage
            key={id}
            id={id}
            onGivenUp={(isListed) => giveUp(id, isListed)}
            onEnrolled={clear}
          />
        )}
      </Route>
    </Switch>
  );
}
