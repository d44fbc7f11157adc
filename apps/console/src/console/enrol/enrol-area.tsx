import './enrol.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Route, Switch, useLocation, useSearch } from 'wouter';
import type { Person } from '../people/person-draft.pure.js';
import { useMay } from '../shell/me.js';
import { EnrolPage } from './enrol-page.js';
import { FactsPage } from './facts-page.js';
import { useKeptDraft } from './kept-draft.js';
import { VisitorAside } from './visitor-aside.js';

/**
 * A registration: first who it is, at `/register`; then the face, at `/register/<id>`. With `?visitor=<alert>`, of somebody who
 * was turned away at a door. What was typed is kept until it is begun with; of one that was quit or completed, nothing is.
 */
export default function EnrolArea() {
  const visitor = new URLSearchParams(useSearch()).get('visitor');
  return <Registration key={visitor ?? ''} visitor={visitor} />;
}

function Registration({ visitor }: { readonly visitor: string | null }) {
  const [, go] = useLocation();
  const may = useMay();
  const query = visitor === null ? '' : `?visitor=${encodeURIComponent(visitor)}`;
  const client = useQueryClient();
  const { draft, change, clear } = useKeptDraft(visitor);
  const [gaveUp, setGaveUp] = useState(false);
  const begin = (begun: Person) => {
    setGaveUp(false);
    clear();
    client.setQueryData(['getPerson', { params: { id: begun.id } }], begun);
    go(`/register/${begun.id}${query}`, { replace: true });
  };
  const giveUp = (id: string, isListed: boolean) => {
    setGaveUp(!isListed);
    clear();
    // What was read of the draft is no more.
    client.removeQueries({ queryKey: ['getPerson', { params: { id } }] });
    go(isListed ? `/people/${id}` : `/register${query}`, { replace: true });
  };
  const pages = (
    <Switch>
      <Route path="/register">
        <FactsPage draft={draft} gaveUp={gaveUp} onChange={change} onBegun={begin} />
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
