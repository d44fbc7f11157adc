import { useState } from 'react';
import { useSay } from '../../look/toasts.js';
import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { useChange } from '../api/queries.js';
import { useReadAnew } from '../api/use-read-anew.js';
import type { Alert } from './alert-words.js';

/** Another operator saw to it first. */
const SEEN_TO = 'LK-ALR-002';

/** How far it is with those of a group. */
interface Progress {
  readonly done: number;
  readonly total: number;
}

/**
 * Says of each of these alerts that it was seen to, one after the other, and of none that came meanwhile. What another saw to
 * first is passed over; where that is all of them, it is said.
 */
export function useAcknowledging(alerts: readonly Alert[]) {
  const say = useSay();
  const readAnew = useReadAnew(['listAlerts']);
  const [progress, setProgress] = useState<Progress>();
  const change = useChange<void, string>(
    async (note) => {
      const refused: ApiProblem[] = [];
      for (const [done, { id }] of alerts.entries()) {
        setProgress({ done, total: alerts.length });
        await acknowledge(id, note).catch((error: unknown) => refused.push(seenTo(error)));
      }
      if (refused[0] && refused.length === alerts.length) throw refused[0];
    },
    ['listAlerts'],
  );
  const { isPending, error } = change;
  const act = (note = '') =>
    change.mutate(note, {
      onSuccess: () => {
        if (alerts.length > 1) say('good', `All ${alerts.length} are acknowledged.`);
      },
      // Some of them may be seen to now.
      onError: readAnew,
    });
  return { act, isPending, error, progress: isPending ? progress : undefined };
}

async function acknowledge(id: string, note: string): Promise<void> {
  await call('acknowledgeAlert', { params: { id }, body: note ? { note } : {} });
}

/** @throws unknown what is no matter of another’s having been first */
function seenTo(error: unknown): ApiProblem {
  if (error instanceof ApiProblem && error.code === SEEN_TO) return error;
  throw error;
}

/** The button’s words for so many, and how far it is. */
export function acknowledgeWords(count: number, progress: Progress | undefined): string {
  if (progress && progress.total > 1) {
    return `Acknowledging ${progress.done + 1} of ${progress.total}…`;
  }
  return count > 1 ? `Acknowledge all ${count}` : 'Acknowledge';
}
