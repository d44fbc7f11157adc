import type { RouteId } from '@latchkey/gateway/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { oneAtATime } from './one-at-a-time.pure.js';

/** However much happens, what is shown is read anew at most once in this time. */
const AGAIN_MS = 700;
const pause = () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));

/** Has what those routes told read anew, soon. */
export function useReadAnew(routes: readonly RouteId[]): () => void {
  const client = useQueryClient();
  const [readAnew] = useState(() =>
    oneAtATime(
      () => Promise.all(routes.map((route) => client.invalidateQueries({ queryKey: [route] }))),
      pause,
    ),
  );
  return readAnew;
}
