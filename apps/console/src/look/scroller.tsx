import type { ReactNode } from 'react';

/** A wide table's place: it scrolls sideways, by keyboard as well (WCAG 2.1.1), and says what it holds. */
export function Scroller({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="scroller" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
