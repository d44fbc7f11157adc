import { Link } from 'wouter';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';

/** What each door is called, by its id; a door that is gone goes by its id. */
export function useDoorName(): (id: string) => string {
  const enabled = useMay()('listDoors');
  const { data } = useRead('listDoors', {}, { enabled });
  return (id) => data?.doors.find((door) => door.id === id)?.name ?? id;
}

/** A door by name, with a way to its page. */
export function Where({ door }: { readonly door: string }) {
  const nameOf = useDoorName();
  return <Link href={`/doors/${encodeURIComponent(door)}`}>{nameOf(door)}</Link>;
}
