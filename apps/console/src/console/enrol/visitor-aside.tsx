import { ProblemNotice } from '../../look/problem.js';
import { Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { Photograph } from '../words/photograph.js';
import { useDoorName } from '../words/where.js';

/** The visitor whom one set out to register: their photograph, to compare them with. */
export function VisitorAside({ visitor }: { readonly visitor: string }) {
  const { data: alert, error, refetch } = useRead('getAlert', { params: { id: visitor } });
  const nameOf = useDoorName();
  const isGone = error?.code === 'LK-ALR-001';
  return (
    <aside className="card stack tight" aria-label="The visitor">
      {isGone ? <p>The visitor is no longer known: what happened is kept for 90 days.</p> : null}
      {error && !isGone ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!alert && !error ? <Loading /> : null}
      {alert ? (
        <>
          <h2>
            Registering the visitor seen at {alert.door ? nameOf(alert.door) : 'a door'},{' '}
            <Moment at={alert.at} />
          </h2>
          {alert.evidence ? (
            <Photograph
              evidence={alert.evidence}
              alt={`Who stood at ${alert.door ? nameOf(alert.door) : 'the door'}; codes are blurred`}
            />
          ) : (
            <p className="photograph gone">No photograph was kept of this visitor.</p>
          )}
          <p>
            Compare whoever is before you with it. It is no sample: it is one picture, good or not,
            and nobody agreed to it. The five samples are taken with the camera, once they agree.
          </p>
        </>
      ) : null}
    </aside>
  );
}
