import type { CloudEvent } from '@latchkey/contracts';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from 'react';
import { followTogether, type LiveState } from '../api/follow-live.js';
import { ME } from '../api/queries.js';
import { useReadAnew } from '../api/use-read-anew.js';
import { kindredKey } from '../words/alert-groups.pure.js';
import { factsOf } from '../words/event-words.pure.js';
import { type AlarmSound, isAlert, useAlarmSound } from './alarm-sound.js';
import { useMe } from './me.js';

type Tell = (event: CloudEvent) => void;

interface Happening {
  readonly state: LiveState;
  readonly alarm: AlarmSound;
  readonly listeners: Set<Tell>;
}

const Happens = createContext<Happening | undefined>(undefined);

function useHappens(): Happening {
  const happening = useContext(Happens);
  if (!happening) throw new Error('nothing is followed here');
  return happening;
}

/** Follows what happens, on whatever page one is: who needs somebody is heard, and counted in the menu, at once. */
export function Happenings({ children }: { readonly children: ReactNode }) {
  const { username } = useMe().operator;
  const client = useQueryClient();
  const alarm = useAlarmSound();
  const readAlerts = useReadAnew(['listAlerts']);
  const [state, setState] = useState<LiveState>('opening');
  const [listeners] = useState(() => new Set<Tell>());
  const tell = useEffectEvent((event: CloudEvent) => {
    if (isAlert(event.type, event.data)) {
      alarm.sound(event.id, kindredKey({ type: event.type, ...factsOf(event.data) }));
      readAlerts();
    }
    for (const listener of listeners) listener(event);
  });
  useEffect(
    () =>
      followTogether(username, {
        tell: (event) => tell(event),
        say: setState,
        onRefused: ({ status }) => {
          if (status === 401) void client.invalidateQueries({ queryKey: ME });
        },
      }),
    [client, username],
  );
  const happening = useMemo(() => ({ state, alarm, listeners }), [state, alarm, listeners]);
  return <Happens.Provider value={happening}>{children}</Happens.Provider>;
}

/** Tells a page what happens, as it happens. @returns how the stream of it stands */
export function useHappening(tell: Tell): LiveState {
  const { state, listeners } = useHappens();
  const told = useEffectEvent(tell);
  useEffect(() => {
    const listener: Tell = (event) => told(event);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listeners]);
  return state;
}

/** The sound for what needs somebody. */
export function useAlarm(): AlarmSound {
  return useHappens().alarm;
}
