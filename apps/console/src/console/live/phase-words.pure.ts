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

/** What a door is doing, in a word or two. */
export function phaseWords(
  outOfService: boolean,
  phase: DoorPhase | undefined,
): { readonly text: string; readonly tone?: Tone } {
  return words[outOfService ? 'out-of-service' : (phase ?? 'idle')];
}
