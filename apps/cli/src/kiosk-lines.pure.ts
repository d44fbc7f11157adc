import type { DoorDisplay } from '@latchkey/contracts';

/** What a door shows, as a line for people. */
export function lineOf({ phase, sentence, reason }: DoorDisplay): string {
  return `${phase}${reason ? ` (${reason})` : ''}: ${sentence}`;
}

/** Whether this is an attempt's end. */
export function isOutcome({ phase }: DoorDisplay): boolean {
  return ['granted', 'denied', 'expired', 'abandoned'].includes(phase);
}

/** What the door is waiting for, at this time (ms since 1970), for people who see nothing happen. */
export function waitingFor(display: DoorDisplay | undefined, nowMs: number): string {
  switch (display?.phase) {
    case undefined:
      return 'waiting to be let in as a kiosk';
    case 'identifying':
      return 'the door is looking for a face that it knows';
    case 'awaiting-code': {
      const leftS = Math.ceil(Math.max(0, (display.deadline ?? nowMs) - nowMs) / 1_000);
      const till = display.deadline === null ? '' : `; it gives up in ${leftS} s`;
      return `the door waits for a code that it accepts${till}`;
    }
    case 'checking-code':
      return 'the door is checking the code';
    case 'out-of-service':
      return 'the door is out of service';
    case 'idle':
    case 'granted':
    case 'denied':
    case 'expired':
    case 'abandoned':
      return 'the door waits for somebody to begin';
  }
}

/** Capture's address with the kiosks' path, where it was left out. Throws TypeError where it is no address. */
export function kioskAddress(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw new TypeError('not ws:// or wss://');
  if (url.pathname === '/') url.pathname = '/kiosk';
  return url;
}
