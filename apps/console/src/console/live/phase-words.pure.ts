import type { DoorPhase } from '@latchkey/contracts';
import type { Tone } from '../../look/words.js';

const words: Record<DoorPhase, { readonly text: string; readonly tone?: Tone }> = {
  idle: { text: 'Waiting' },
  identifying: { text: 'Looking', tone: 'accent' },
  'awaiting-code': { text: 'Awaiting the code', tone: 'accent' },
  'checking-code': { text: 'Checking the code', tone: 'accent' },
  granted: { text: 'Granted', tone: 'good' },
  denied: { text: 'Denied', tone: 'bad' },
  expired: { text: 'Time ran out', tone: 'warn' },
  abandoned: { text: 'Gone away' },
  'out-of-service': { text: 'Out of service', tone: 'warn' },
};

interface DoorState {
  readonly outOfService: boolean;
  /** Whether a kiosk or a camera is connected. */
  readonly online: boolean;
  readonly display?: { readonly phase: DoorPhase } | null | undefined;
}

/** What a door is doing, in a word or two; one where nothing is connected does nothing. */
export function tileWords({ outOfService, online, display }: DoorState): {
  readonly text: string;
  readonly tone?: Tone;
} {
  if (outOfService) return words['out-of-service'];
  if (!online) return { text: 'Offline', tone: 'warn' };
  return words[display?.phase ?? 'idle'];
}
