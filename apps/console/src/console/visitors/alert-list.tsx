import { Pager, usePages } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Loading } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { groupAlerts } from '../words/alert-groups.pure.js';
import type { Alert } from '../words/alert-words.js';
import { LikenessNote, useLikeness } from './seen-before.js';
import { VisitorCard } from './visitor-card.js';

export type AlertKind = Alert['kind'];
export type AlertState = 'open' | 'acknowledged';

const PAGE = 24;
/** What nobody has seen to yet stands in groups: more of it makes no longer page. */
const OPEN_PAGE = 100;
/** Whoever was just turned away stands here soon. */
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

/**
 * The alarms, or the unknown visitors, the newest first, page by page, in groups where nobody has seen to them; who comes appears
 * by themselves.
 */
export function AlertList({ kind, state }: AlertListProps) {
  const pages = usePages(state);
  const { data, error, refetch, isPlaceholderData } = useRead(
    'listAlerts',
    {
      query: {
        kind,
        limit: state === 'open' ? OPEN_PAGE : PAGE,
        ...(state ? { state } : {}),
        ...(pages.cursor ? { cursor: pages.cursor } : {}),
      },
    },
    { everyMs: AGAIN_MS },
  );
  const groups = groupAlerts(data?.alerts ?? []);
  const likeness = useLikeness(kind === 'visitor' ? groups.map(({ newest }) => newest) : undefined);
  return (
    <section className="stack" aria-labelledby={`all-${kind}`}>
      <h2 id={`all-${kind}`}>{titles[kind]}</h2>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.alerts.length === 0 ? (
        <p className="quiet">{state === 'open' ? noneOpen[kind] : 'None.'}</p>
      ) : null}
      <ul className="visitors" aria-busy={isPlaceholderData}>
        {groups.map((group) => (
          <VisitorCard
            key={group.key}
            group={group}
            seen={likeness?.visitors.find((seen) => seen.alert === group.newest.id)}
          />
        ))}
      </ul>
      {likeness ? <LikenessNote kept={likeness.kept} days={likeness.days} /> : null}
      <Pager pages={pages} next={data?.next ?? null} isOld={isPlaceholderData} isByTime />
    </section>
  );
}
