import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { useAct, useRead } from '../api/queries.js';
import { refusalOf } from './single-sign-on.pure.js';

/** The button to the campus's own sign-in, where there is one, and what came of it the last time. */
export function SingleSignOn() {
  const { data } = useRead('getSignInWays', {});
  const begin = useAct('beginSingleSignOn');
  const [isLeaving, setLeaving] = useState(false);
  const refused = useRefused();
  const way = data?.singleSignOn;
  if (!way) return null;
  const submit = () =>
    begin.mutate(
      { body: { place: location.hash } },
      {
        onSuccess: ({ url }) => {
          setLeaving(true);
          location.assign(url);
        },
      },
    );
  const isRefused = refused !== undefined && !begin.isPending && !begin.error;
  return (
    <div className="stack other-way">
      {isRefused ? <ProblemNotice problem={refusalOf(refused, way.name)} /> : null}
      <ProblemNotice problem={begin.error} />
      <Button busy={begin.isPending || isLeaving} onClick={submit}>
        Sign in with {way.name}
      </Button>
    </div>
  );
}

/** What the address says of the last try. It is taken out of it, so that it isn't said again later. */
function useRefused(): string | undefined {
  const [place, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const told = search.get('refused') ?? undefined;
  const [refused] = useState(told);
  useEffect(() => {
    if (told === undefined) return;
    const rest = new URLSearchParams(location.hash.split('?')[1]);
    rest.delete('refused');
    navigate(`${place}${rest.size > 0 ? `?${rest}` : ''}`, { replace: true });
  }, [told, place, navigate]);
  return refused;
}
