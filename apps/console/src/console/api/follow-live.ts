import type { CloudEvent } from '@latchkey/contracts';
import { eventTypes } from 'virtual:api-facts';
import { addressOf, check } from './client.js';
import { ApiProblem } from './problem.js';

const REOPEN_MS = 3_000;

/** Whether the live stream is open, being opened, lost, or refused because too many are open already. */
export type LiveState = 'opening' | 'live' | 'lost' | 'full';

/** What is told of the live stream. */
export interface Following {
  readonly tell: (event: CloudEvent) => void;
  readonly say: (state: LiveState) => void;
  /** It was refused, and why: an event source does not tell. */
  readonly onRefused: (problem: ApiProblem) => void;
}

/** As many live streams are open as the gateway holds. */
const FULL = 'LK-EVT-002';

/**
 * Follows what happens, as it happens. A connection that is lost is opened again by the browser and goes on after the last
 * event that was told, so that nothing is missed. @returns ends it
 */
export function followLive({ tell, say, onRefused }: Following): () => void {
  const ended = new AbortController();
  let source: EventSource | undefined;
  let again: number | undefined;
  const hear = ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as CloudEvent);
  const open = () => {
    source = new EventSource(addressOf('liveEvents'));
    source.addEventListener('open', () => say('live'));
    source.addEventListener('error', lost);
    for (const type of eventTypes) source.addEventListener(type, hear);
  };
  const lost = () => {
    // A refusal, unlike a broken line, is nothing that the browser tries again.
    if (source?.readyState !== EventSource.CLOSED) {
      say('lost');
      return;
    }
    again = window.setTimeout(open, REOPEN_MS);
    void check('liveEvents', { signal: ended.signal }).catch(refused);
  };
  const refused = (problem: unknown) => {
    if (!(problem instanceof ApiProblem)) return;
    say(problem.code === FULL ? 'full' : 'lost');
    onRefused(problem);
  };
  open();
  return () => {
    ended.abort();
    source?.close();
    window.clearTimeout(again);
  };
}

/** What the window that follows tells the others. */
type Told = { readonly event: CloudEvent } | { readonly state: LiveState };
/** A window that has just opened asks how it stands. */
const ASKS = 'asks';

/**
 * Follows what happens once for all windows of one operator, in the first of them: a browser keeps six connections to one
 * place, and a stream in each window would leave none for anything else. Where the page is not secure, windows know nothing
 * of each other, and each has its own. @returns ends it
 */
export function followTogether(whom: string, following: Following): () => void {
  if (!('locks' in navigator)) return followLive(following);
  const name = `latchkey.live.${whom}`;
  const ended = new AbortController();
  const channel = new BroadcastChannel(name);
  const tellOthers: (told: Told | typeof ASKS) => void = channel.postMessage.bind(channel);
  let state: LiveState = 'opening';
  let leads = false;
  channel.addEventListener('message', ({ data }: MessageEvent<Told | typeof ASKS>) => {
    if (data === ASKS) {
      if (leads) tellOthers({ state });
    } else if ('event' in data) following.tell(data.event);
    else following.say(data.state);
  });
  const lead = () =>
    new Promise<void>((resolve) => {
      leads = true;
      const stop = followLive({
        tell: (event) => {
          following.tell(event);
          tellOthers({ event });
        },
        say: (now) => {
          state = now;
          following.say(now);
          tellOthers({ state });
        },
        onRefused: following.onRefused,
      });
      ended.signal.addEventListener('abort', () => {
        stop();
        resolve();
      });
    });
  navigator.locks.request(name, { signal: ended.signal }, lead).catch(() => undefined);
  tellOthers(ASKS);
  return () => {
    ended.abort();
    channel.close();
  };
}
