import { useRead } from '../api/queries.js';
import { useMay } from './me.js';

const EVERY_MS = 15_000;

/** How many visitors and alarms nobody has seen to; none for who may not know. */
export function useOpenAlerts(): number {
  const options = { enabled: useMay()('listAlerts'), everyMs: EVERY_MS };
  const { data } = useRead('listAlerts', { query: { state: 'open', limit: 1 } }, options);
  return data?.open ?? 0;
}
