import type { Wait } from './wait.pure.js';

const KEY = 'latchkey.kiosk.wait';

/** The wait that this window was in before it was loaded anew, so that its ring goes on where it was. */
export function keptWait(): Wait | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Wait | null;
  } catch {
    return null;
  }
}

export function keepWait(wait: Wait | null): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(wait));
  } catch {
    // Where nothing may be kept, a ring that is loaded anew begins with what the door said last.
  }
}
