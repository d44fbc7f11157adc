import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { Notice } from './words.js';

type Tone = 'good' | 'bad' | 'warn';
interface Toast {
  readonly n: number;
  readonly tone: Tone;
  readonly text: string;
}
type Say = (tone: Tone, text: string) => void;

/** Long enough to be read twice. */
const SHOWN_MS = 7_000;

const Saying = createContext<Say>(() => undefined);

/** Says something at the window's corner for a while: what was done, or why not. */
export function useSay(): Say {
  return useContext(Saying);
}

let count = 0;

/** The place where toasts are shown, around the pages that say them. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const say = useCallback<Say>((tone, text) => {
    const n = ++count;
    setToasts((before) => [...before.slice(-3), { n, tone, text }]);
    window.setTimeout(() => setToasts((all) => all.filter((one) => one.n !== n)), SHOWN_MS);
  }, []);
  const shown = useMemo(
    () => toasts.map(({ n, tone, text }) => <Notice key={n} tone={tone} title={text} />),
    [toasts],
  );
  return (
    <Saying.Provider value={say}>
      {children}
      <div className="toasts" aria-live="polite">
        {shown}
      </div>
    </Saying.Provider>
  );
}
