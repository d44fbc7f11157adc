import type { Query } from '@latchkey/gateway/api';
import type { FiltersOf } from '../shell/filters.pure.js';
import { actNames } from './act-words.pure.js';

type AuditQuery = NonNullable<Query<'listAudit'>>;

/** What of the audit is looked for. */
export const auditKinds = {
  action: ['', ...actNames.map(([action]) => action)],
  by: 'text',
  person: 'text',
  door: 'text',
  from: 'text',
  to: 'text',
} as const;
export type AuditFilters = FiltersOf<typeof auditKinds>;

/** What the gateway is asked. A day that is none counts as not said. */
export function queryOf(filters: AuditFilters, cursor: string | undefined): AuditQuery {
  const { action, by, person, door } = filters;
  const since = dayFrom(filters.from, 0);
  const until = dayFrom(filters.to, 1);
  return {
    ...(action ? { action } : {}),
    ...(by.trim() ? { by: by.trim() } : {}),
    ...(person ? { person } : {}),
    ...(door ? { door } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

/** When a day, `2026-11-30`, begins by this device's clocks, as ISO 8601; or the one so many days later. */
function dayFrom(day: string, later: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const at = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
