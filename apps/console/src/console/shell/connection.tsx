import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Notice } from '../../look/words.js';
import { ApiProblem } from '../api/problem.js';
import { ME } from '../api/queries.js';

/** Says that the gateway cannot be reached, for as long as it cannot; it heals by itself. */
export function Connection() {
  const client = useQueryClient();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const cache = client.getQueryCache();
    return cache.subscribe(({ type, query }) => {
      if (type !== 'updated') return;
      const { status, fetchFailureReason } = query.state;
      const failed = fetchFailureReason instanceof ApiProblem && fetchFailureReason.status === 0;
      if (failed) setLost(true);
      else if (status === 'success' && query.state.fetchStatus === 'idle') setLost(false);
    });
  }, [client]);
  useEffect(() => {
    if (!isLost) return undefined;
    const timer = window.setInterval(() => void client.refetchQueries({ queryKey: ME }), 3_000);
    return () => window.clearInterval(timer);
  }, [client, isLost]);
  if (!isLost) return null;
  return (
    <div className="connection">
      <Notice tone="warn" title="The connection to Latchkey is lost.">
        What you see may be old. Trying again…
      </Notice>
    </div>
  );
}
