import type { Answer } from '@latchkey/gateway/api';
import { Pager, usePages } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Loading } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { LikenessNote } from './seen-before.js';
import { VisitorCard } from './visitor-card.js';

type Alert = Answer<'listAlerts'>['alerts'][number];
export type AlertKind = Alert['kind'];
export type AlertState = 'open' | 'acknowledged';

const PAGE = 24;
/** Whoever was just turned away stands here soon, and is compared a moment later. */
const AGAIN_MS = 5_000;

const titles: Readonly<Record<AlertKind, string>> = {
  alarm: 'Alarms',
  visitor: 'Unknown visitors',
};
const noneOpen: Readonly<Record<AlertKind, string>> = {
  alarm: 'No alarm is waiting to be looked at.',
  visitor:
    'Nobody is waiting to be looked at. Whoever is not recognised at a door appears here, with a photograph.',
};

interface AlertListProps {
  readonly kind: AlertKind;
  /** '': seen to or not. */
  readonly state: AlertState | '';
}

/** The alarms, or the unknown visitors, the newest first, page by page; who comes appears by themselves. */
export function AlertList({ kind, state }: AlertListProps) {
  const pages = usePages(state);
  const { data, error, refetch, isPlaceholderData } = useRead(
    'listAlerts',
    {
      query: {
        kind,
        limit: PAGE,
        ...(state ? { state } : {}),
        ...(pages.cursor ? { cursor: pages.cursor } : {}),
      },
    },
    { everyMs: AGAIN_MS },
  );
  const likeness = useLikeness(kind === 'visitor' ? (data?.alerts ?? []) : undefined);
  return (
    <section className="stack" aria-labelledby={`all-${kind}`}>
      <h2 id={`all-${kind}`}>{titles[kind]}</h2>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.alerts.length === 0 ? (
        <p className="quiet">{state === 'open' ? noneOpen[kind] : 'None.'}</p>
      ) : null}
      <ul className="visitors" aria-busy={isPlaceholderData}>
        {data?.alerts.map((alert) => (
          <VisitorCard
            key={alert.id}
            alert={alert}
            seen={likeness?.visitors.find((seen) => seen.alert === alert.id)}
          />
        ))}
      </ul>
      {likeness ? <LikenessNote kept={likeness.kept} days={likeness.days} /> : null}
      <Pager pages={pages} next={data?.next ?? null} isOld={isPlaceholderData} isByTime />
    </section>
  );
}

/** Which of these visitors were seen before; where that cannot be told, the page is as without it. */
function useLikeness(visitors: readonly Alert[] | undefined) {
  const alerts = visitors?.map(({ id }) => id).join() ?? '';
  const options = { enabled: visitors !== undefined, everyMs: AGAIN_MS };
  const { data } = useRead('getLikeness', { query: { alerts } }, options);
  // One that is not asked for may lie there still, asked by another list.
  return visitors && data;
}
