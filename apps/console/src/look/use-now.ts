import { useEffect, useState } from 'react';

/** The time, in ms since 1970, as it goes on: a page that stays open does not tell of yesterday as today. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}
