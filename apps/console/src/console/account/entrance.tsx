import type { ReactNode } from 'react';
import { useWindowTitle } from '../../look/use-window-title.js';
import { Mark } from '../shell/icons.js';

interface EntranceProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** The frame of the pages that one sees before being signed in. */
export function Entrance({ title, children }: EntranceProps) {
  useWindowTitle(`${title} · Latchkey`);
  return (
    <main className="entrance">
      <p className="brand">
        <Mark />
        Latchkey
      </p>
      <section className="card stack" aria-labelledby="entrance-title">
        <h1 id="entrance-title">{title}</h1>
        {children}
      </section>
    </main>
  );
}
