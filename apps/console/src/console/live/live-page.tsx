import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Badge } from '../../look/words.js';
import { type LiveState, useLive } from '../api/use-live.js';
import { useMay } from '../shell/me.js';
import { Alerts } from './alerts.js';
import { EventStream } from './event-stream.js';
import './live.css';
import { SoundSwitch } from './sound-switch.js';
import { isAlert, useChime } from './chime.js';
import { Tiles } from './tiles.js';

const stateWords: Record<LiveState, string> = {
  opening: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
};

/** However much happens, what is shown is read anew once in this time. */
const AGAIN_MS = 700;

/** All doors at a glance, what needs somebody, and what happens as it happens. */
export default function LivePage() {
  const client = useQueryClient();
  const may = useMay();
  const { chime, isOn, setOn } = useChime();
  const planned = useRef<number | undefined>(undefined);
  const state = useLive((event) => {
    if (isAlert(event.type, event.data)) chime();
    planned.current ??= window.setTimeout(() => {
      planned.current = undefined;
      for (const id of ['getOverview', 'listEvents', 'listAlerts']) {
        void client.invalidateQueries({ queryKey: [id] });
      }
    }, AGAIN_MS);
  });
  return (
    <div className="stack">
      <div className="row between">
        <div className="row">
          <h1>Live</h1>
          <output>
            <Badge tone={state === 'live' ? 'good' : 'warn'}>{stateWords[state]}</Badge>
          </output>
        </div>
        <SoundSwitch isOn={isOn} onSwitch={setOn} />
      </div>
      {may('listAlerts') ? <Alerts /> : null}
      <Tiles />
      <EventStream />
    </div>
  );
}
