import type { DoorDisplay, DoorPhase } from '@latchkey/contracts';

/** What a door shows, as a line for people. */
export function lineOf({ phase, sentence, reason }: DoorDisplay): string {
  return `${phase}${reason ? ` (${reason})` : ''}: ${sentence}`;
}

/** Whether this is an attempt's end. */
export function isOutcome({ phase }: DoorDisplay): boolean {
  return ['granted', 'denied', 'expired', 'abandoned'].includes(phase);
}

const waits: Readonly<Record<DoorPhase, string>> = {
  idle: 'the door waits for somebody to begin',
  identifying: 'the door is looking for a face that it knows',
  'awaiting-code': 'the door waits for a code that it accepts',
  'checking-code': 'the door is checking the code',
  granted: 'the door waits for somebody to begin',
  denied: 'the door waits for somebody to begin',
  expired: 'the door waits for somebody to begin',
  abandoned: 'the door waits for somebody to begin',
  'out-of-service': 'the door is out of service',
};

/** What the door is waiting for, at this time (ms since 1970), for people who see nothing happen. */
export function waitingFor(display: DoorDisplay | undefined, nowMs: number): string {
  if (display === undefined) return 'waiting to be let in as a kiosk';
  const { phase, deadline } = display;
  if (phase !== 'awaiting-code' || deadline === null) return waits[phase];
  const leftS = Math.ceil(Math.max(0, deadline - nowMs) / 1_000);
  return `${waits[phase]}; it gives up in ${leftS} s`;
}

/** Capture's address with the kiosks' path, where it was left out. Throws TypeError where it is no address. */
export function kioskAddress(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw new TypeError('not ws:// or wss://');
  if (url.pathname === '/') url.pathname = '/kiosk';
  return url;
}
