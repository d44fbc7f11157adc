import { useEffect } from 'react';

/** Names the window, as tabs, histories and screen readers tell it. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = 'Latchkey';
    };
  }, [title]);
}
