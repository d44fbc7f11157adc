import { useEffect } from 'react';
import { call } from '../api/client.js';
import { useAct } from '../api/queries.js';

/**
 * Gives a registration up, at a wish or because the page is closed. One that cannot be reached any more is given up by the
 * registry after 15 minutes.
 */
export function useGivingUp(id: string, onGivenUp: () => void) {
  const { mutate, isPending, isSuccess, error } = useAct('abandonPerson', ['listPeople']);
  useEffect(() => {
    const close = () => {
      void call('abandonPerson', { params: { id }, body: {}, keepalive: true }).catch(
        () => undefined,
      );
    };
    window.addEventListener('pagehide', close);
    return () => window.removeEventListener('pagehide', close);
  }, [id]);
  // Only now: until it is given up, the page does not let itself be left.
  useEffect(() => {
    if (isSuccess) onGivenUp();
  }, [isSuccess, onGivenUp]);
  const giveUp = () => {
    if (!isPending) mutate({ params: { id }, body: {} });
  };
  return { giveUp, isPending, isSuccess, error };
}
