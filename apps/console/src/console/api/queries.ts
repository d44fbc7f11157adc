import type { Answer, RouteId } from '@latchkey/gateway/api';
import {
  type InfiniteData,
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallOf, call } from './client.js';
import { ApiProblem } from './problem.js';

/** Under this key lies who is signed in. */
export const ME = ['getMe'] as const;

/** Nobody is signed in. A sign-in that is refused is told by other codes, where it was tried. */
const NOBODY = 'LK-AUTH-001';

/** Whoever is told that nobody is signed in shows the sign-in over the page where one was. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiProblem && error.code === NOBODY)
      void client.invalidateQueries({ queryKey: ME });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== ME[0]) onError(error);
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // What the gateway refuses, it will refuse again; what did not reach it is tried until it does.
        retry: (_count, error) => error instanceof ApiProblem && error.status === 0,
        retryDelay: (count) => Math.min(1_000 * 2 ** count, 10_000),
        networkMode: 'always',
        staleTime: 2_000,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

/** What one may set of a read besides what is asked. */
export interface ReadOptions {
  readonly enabled?: boolean;
  /** How often it is read again, in ms. */
  readonly everyMs?: number;
}

/** The history is being read: the message says how far, and goes by itself. */
const HISTORY_IS_READ = 'LK-EVT-003';
const CATCHING_UP_MS = 2_000;

function isCatchingUp(error: ApiProblem | null): boolean {
  return error?.code === HISTORY_IS_READ;
}

/** What the gateway refused once, it goes on to refuse: asked again and again, the page would flicker. */
function isRefused(error: ApiProblem | null): boolean {
  return error !== null && error.status >= 400 && error.status < 500;
}

/** How often it is read again as it stands, in ms; false: not by itself. */
function everyOf(error: ApiProblem | null, { everyMs }: ReadOptions): number | false {
  if (isCatchingUp(error)) return CATCHING_UP_MS;
  return isRefused(error) ? false : (everyMs ?? false);
}

/** Reads a route and keeps it; the page before stays while the next is fetched. */
export function useRead<Id extends RouteId>(id: Id, sent: CallOf<Id>, options: ReadOptions = {}) {
  return useQuery<Answer<Id>, ApiProblem>({
    queryKey: [id, sent],
    queryFn: ({ signal }) => call(id, { ...sent, signal }),
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) => everyOf(state.error, options),
    // Who looks elsewhere for a password and comes back finds what was typed: the question begins no new page.
    refetchOnWindowFocus: ({ state }) => state.data !== undefined || !isRefused(state.error),
    placeholderData: keepPreviousData,
  });
}

/** Reads a list page by page, and keeps every page that was asked for; `nextOf` gives the next one's cursor, if any. */
export function useMore<Page>(
  key: readonly [RouteId, ...unknown[]],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>,
  nextOf: (page: Page) => string | undefined,
  options: ReadOptions = {},
) {
  return useInfiniteQuery<
    Page,
    ApiProblem,
    InfiniteData<Page>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: nextOf,
    refetchInterval: ({ state }) => everyOf(state.error, options),
  });
}

/** Changes something by a route; what was read by the routes that `stale` names is read anew. */
export function useAct<Id extends RouteId>(id: Id, stale: readonly RouteId[] = []) {
  return useChange<Answer<Id>, CallOf<Id>>((sent) => call(id, sent), stale);
}

/** Changes something by more than one call. */
export function useChange<Changed, Sent>(
  change: (sent: Sent) => Promise<Changed>,
  stale: readonly RouteId[],
) {
  const client = useQueryClient();
  return useMutation<Changed, ApiProblem, Sent>({
    mutationFn: change,
    onSuccess: () =>
      Promise.all(stale.map((read) => client.invalidateQueries({ queryKey: [read] }))),
  });
}
