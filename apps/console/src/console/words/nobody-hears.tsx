import { Link } from 'wouter';
import { Notice } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { unheardDoors } from './nobody-hears.pure.js';
import { Where } from './where.js';

/** What nobody would be mailed of, and what to do about it; nothing where somebody hears of everything. */
export function NobodyHears() {
  const may = useMay();
  const { data } = useRead('getReach', {});
  const doors = useRead('listDoors', {}).data?.doors;
  if (!data || !doors || doors.length === 0) return null;
  const unheard = unheardDoors(doors, data.doors);
  if (data.alarms && unheard.length === 0) return null;
  return (
    <Notice tone="warn" title="Not everything that is shown here is mailed to somebody, too.">
      <ul className="unheard">
        {data.alarms ? null : (
          <li>
            Alarms are mailed to guards, and no guard is registered.{' '}
            {may('createPerson') ? (
              <>
                <Link href="/register">Register somebody</Link> and tick “Guard”, or tick it on a
                person’s page.
              </>
            ) : null}
          </li>
        )}
        {unheard.map(({ id, why }) => (
          <li key={id}>
            Strangers at <Where door={id} />: {why}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
