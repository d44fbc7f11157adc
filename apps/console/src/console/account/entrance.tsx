import type { ReactNode } from 'react';

interface EntranceProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** The frame of the pages that one sees before being signed in. */
export function Entrance({ title, children }: EntranceProps) {
  return (
    <main className="entrance">
      <p className="brand">Latchkey</p>
      <section className="card stack" aria-labelledby="entrance-title">
        <h1 id="entrance-title">{title}</h1>
        {children}
      </section>
    </main>
  );
}
