import { type RefObject, useEffect } from 'react';

/** Puts the cursor where one begins, when a page opens: so the keyboard alone suffices at once. */
export function useFocusFirst(within: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    within.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [within]);
}
