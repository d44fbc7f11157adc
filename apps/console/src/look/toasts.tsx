import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react';
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

/** What is said now, and the dialogs that are open, the topmost last. */
interface Said {
  readonly shown: readonly ReactNode[];
  readonly dialogs: readonly string[];
  readonly setDialogs: (change: (open: readonly string[]) => readonly string[]) => void;
}

const Showing = createContext<Said>({ shown: [], dialogs: [], setDialogs: () => undefined });

let count = 0;

/** The place where toasts are shown, around the pages that say them. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [dialogs, setDialogs] = useState<readonly string[]>([]);
  const say = useCallback<Say>((tone, text) => {
    const n = ++count;
    setToasts((before) => [...before.slice(-3), { n, tone, text }]);
    window.setTimeout(() => setToasts((all) => all.filter((one) => one.n !== n)), SHOWN_MS);
  }, []);
  const said = useMemo(
    () => ({
      shown: toasts.map(({ n, tone, text }) => <Notice key={n} tone={tone} title={text} />),
      dialogs,
      setDialogs,
    }),
    [toasts, dialogs],
  );
  return (
    <Saying.Provider value={say}>
      <Showing.Provider value={said}>
        {children}
        <Place toasts={dialogs.length === 0 ? said.shown : []} />
      </Showing.Provider>
    </Saying.Provider>
  );
}

/** Of a dialog: what lies behind one that is open is dimmed, and nobody is read it. */
export function DialogToasts() {
  const id = useId();
  const { shown, dialogs, setDialogs } = useContext(Showing);
  useEffect(() => {
    setDialogs((open) => [...open, id]);
    return () => setDialogs((open) => open.filter((one) => one !== id));
  }, [id, setDialogs]);
  return <Place toasts={dialogs.at(-1) === id ? shown : []} />;
}

/** It is there before anything is said: what comes with its place is not read out. */
function Place({ toasts }: { readonly toasts: readonly ReactNode[] }) {
  return (
    <div className="toasts" aria-live="polite">
      {toasts}
    </div>
  );
}
