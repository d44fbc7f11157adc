import { type RefObject, useEffect } from 'react';

/** After a refusal, puts the cursor into the first field that is at fault. */
export function useFocusOnFault(form: RefObject<HTMLFormElement | null>, refusal: unknown): void {
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, refusal]);
}
