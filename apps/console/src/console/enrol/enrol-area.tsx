import './enrol.css';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Route, Switch, useLocation, useSearch } from 'wouter';
import { emptyDraft, type Person, type PersonDraft } from '../people/person-draft.pure.js';
import { useMay } from '../shell/me.js';
import { EnrolPage } from './enrol-page.js';
import { FactsPage } from './facts-page.js';
import { useKeptDraft } from './kept-draft.js';
import { VisitorAside } from './visitor-aside.js';

/**
 * A registration: first who it is, at `/register`; then the face, at `/register/<id>`. What was typed stays for another try. With
 * `?visitor=<alert>`, of somebody who was turned away at a door.
 */
export default function EnrolArea() {
  const [, go] = useLocation();
  const may = useMay();
  const visitor = new URLSearchParams(useSearch()).get('visitor');
  const query = visitor === null ? '' : `?visitor=${encodeURIComponent(visitor)}`;
  const client = useQueryClient();
  const [draft, setDraft] = useKeptDraft();
  const [gaveUp, setGaveUp] = useState(false);
  const change = (changed: Partial<PersonDraft>) => setDraft((typed) => ({ ...typed, ...changed }));
  const begin = (begun: Person) => {
    setGaveUp(false);
    client.setQueryData(['getPerson', { params: { id: begun.id } }], begun);
    go(`/register/${begun.id}${query}`, { replace: true });
  };
  const giveUp = (id: string, isListed: boolean) => {
    setGaveUp(!isListed);
    // What was read of the draft is no more.
    client.removeQueries({ queryKey: ['getPerson', { params: { id } }] });
    go(isListed ? `/people/${id}` : `/register${query}`, { replace: true });
  };
  const clear = useCallback(() => {
    setGaveUp(false);
    setDraft(() => emptyDraft);
  }, [setDraft]);
  const pages = (
    <Switch>
      <Route path="/register">
        <FactsPage
          draft={draft}
          gaveUp={gaveUp}
          onChange={change}
          onClear={clear}
          onBegun={begin}
        />
      </Route>
      <Route path="/register/:id">
        {({ id }) => (
          <EnrolPage
            key={id}
            id={id}
            onGivenUp={(isListed) => giveUp(id, isListed)}
            visitor={may('acknowledgeAlert') ? visitor : null}
            onEnrolled={clear}
          />
        )}
      </Route>
    </Switch>
  );
  if (visitor === null || !may('getAlert')) return pages;
  return (
    <div className="with-visitor">
      {pages}
      <VisitorAside visitor={visitor} />
    </div>
  );
}
