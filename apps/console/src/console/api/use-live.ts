import type { CloudEvent } from '@latchkey/contracts';
import { useEffect, useRef, useState } from 'react';
import { eventTypes } from 'virtual:api-facts';
import { addressOf } from './client.js';

const REOPEN_MS = 3_000;

/** Whether the live stream is open, being opened, or lost. */
export type LiveState = 'opening' | 'live' | 'lost';

/**
 * Follows what happens, as it happens. A connection that is lost is opened again by the browser and goes on after the last
 * event that was told, so that nothing is missed.
 */
export function useLive(tell: (event: CloudEvent) => void): LiveState {
  const [state, setState] = useState<LiveState>('opening');
  const told = useRef(tell);
  useEffect(() => {
    told.current = tell;
  }, [tell]);
  useEffect(() => {
    let source: EventSource | undefined;
    let again: number | undefined;
    const hear = ({ data }: MessageEvent<string>) => told.current(JSON.parse(data) as CloudEvent);
    const open = () => {
      source = new EventSource(addressOf('liveEvents'));
      source.addEventListener('open', () => setState('live'));
      source.addEventListener('error', lost);
      for (const type of eventTypes) source.addEventListener(type, hear);
    };
    const lost = () => {
      setState('lost');
      // A refusal, unlike a broken line, is nothing that the browser tries again.
      if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(open, REOPEN_MS);
    };
    open();
    return () => {
      source?.close();
      window.clearTimeout(again);
    };
  }, []);
  return state;
}
