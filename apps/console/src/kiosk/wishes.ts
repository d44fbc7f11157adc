import { useEffect, useState } from 'react';
import { keepText, keptText } from './kept.js';

/** What was chosen on this device, kept by its name; the first value where nothing was. */
export function useKept(name: string, first: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => keptText(name) ?? first);
  const choose = (next: string) => {
    keepText(name, next);
    setValue(next);
  };
  return [value, choose];
}

/** Keeps the screen from going dark while the page is seen. */
export function useWakefulScreen(): void {
  useEffect(() => {
    const keepAwake = () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      // Refused on low battery, among others: the screen then goes dark as the device is set.
      navigator.wakeLock.request('screen').catch(() => undefined);
    };
    keepAwake();
    document.addEventListener('visibilitychange', keepAwake);
    return () => document.removeEventListener('visibilitychange', keepAwake);
  }, []);
}
