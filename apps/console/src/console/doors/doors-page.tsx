import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Empty, Loading } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { audienceWords } from './door-words.pure.js';

const LIVENESS = { off: 'Off', passive: 'By look', challenge: 'By act' } as const;

/** Every door, with what is set of it. */
export function DoorsPage() {
  const may = useMay();
  const { data, error, refetch } = useRead('getOverview', {});
  return (
    <div className="stack">
      <div className="row between">
        <h1>Doors</h1>
        {may('createDoor') ? (
          <Link className="button" data-kind="primary" href="/doors/new">
            Add a door
          </Link>
        ) : null}
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.doors.length === 0 ? (
        <div className="card">
          <Empty title="No door yet">
            <p>Add a door, then pair the kiosk that stands at it.</p>
          </Empty>
        </div>
      ) : null}
      {data && data.doors.length > 0 ? (
        <Scroller label="Doors">
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">Door</th>
                <th scope="col">Kiosk</th>
                <th scope="col">Liveness</th>
                <th scope="col">Waits for the code</th>
                <th scope="col">Who hears of entries</th>
              </tr>
            </thead>
            <tbody>
              {data.doors.map((door) => (
                <tr key={door.id}>
                  <th scope="row">
                    <Link href={`/doors/${door.id}`}>{door.name}</Link>{' '}
                    {door.outOfService ? <Badge tone="warn">Out of service</Badge> : null}
                  </th>
                  <td data-label="Kiosk">
                    <Badge tone={door.online ? 'good' : 'warn'}>
                      {door.online ? 'Online' : 'Offline'}
                    </Badge>
                  </td>
                  <td data-label="Liveness">{LIVENESS[door.liveness]}</td>
                  <td data-label="Waits for the code">{door.codeWaitS} s</td>
                  <td data-label="Who hears of entries">
                    {audienceWords(door.audience, door.group)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      ) : null}
    </div>
  );
}
