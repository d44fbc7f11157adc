import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';

/** Says of the visitor, once, as whom they were registered. */
export function VisitorRegistered({
  visitor,
  person,
}: {
  readonly visitor: string;
  readonly person: string;
}) {
  const act = useAct('acknowledgeAlert', ['listAlerts', 'getAlert']);
  const isBegun = useRef(false);
  const { mutate } = act;
  const call = { params: { id: visitor }, body: { person } };
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    mutate({ params: { id: visitor }, body: { person } });
  }, [visitor, person, mutate]);
  if (act.error) return <ProblemNotice problem={act.error} onRetry={() => mutate(call)} />;
  if (!act.data) return null;
  return (
    <Notice tone="good" title={`The visitor is seen to: registered as ${person}.`}>
      <Link href="/visitors">Back to the visitors</Link>
    </Notice>
  );
}
