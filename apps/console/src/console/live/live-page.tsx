import { useEffect } from 'react';
import { Badge } from '../../look/words.js';
import type { LiveState } from '../api/follow-live.js';
import { useReadAnew } from '../api/use-read-anew.js';
import { useHappening } from '../shell/happenings.js';
import { useMay } from '../shell/me.js';
import { Alerts } from './alerts.js';
import { EventStream } from './event-stream.js';
import './live.css';
import { SoundSwitch } from './sound-switch.js';
import { Tiles } from './tiles.js';

const stateWords: Record<LiveState, string> = {
  opening: 'Connecting…',
  live: 'Connected',
  lost: 'Connection lost, trying again…',
  full: 'Too many consoles are open, trying again…',
};

/** All doors at a glance, what needs somebody, and what happens as it happens. */
export default function LivePage() {
  const may = useMay();
  const readAnew = useReadAnew(['getOverview', 'listEvents', 'listAlerts']);
  const state = useHappening(readAnew);
  useEffect(() => {
    // What happened between the first reading and the stream's beginning is told by neither.
    if (state === 'live') readAnew();
  }, [state, readAnew]);
  return (
    <div className="stack">
      <div className="row between">
        <div className="row">
          <h1>Live</h1>
          <output>
            <Badge tone={state === 'live' ? 'good' : 'warn'}>{stateWords[state]}</Badge>
          </output>
        </div>
        <SoundSwitch />
      </div>
      {may('listAlerts') ? <Alerts /> : null}
      <Tiles />
      <EventStream />
    </div>
  );
}
