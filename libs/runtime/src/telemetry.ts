import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** What is told of a business event beside its name. Only `outcome` becomes a label: keep its values few and fixed. */
export interface ReportFacts {
  readonly correlationId?: string;
  readonly outcome?: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
}

/** Reports a business event once: log line and counter together. */
export type Report = (
  name: string,
  fields?: Readonly<Record<string, unknown>>,
  facts?: ReportFacts,
) => void;

/** A reporter of a service. `report('access.granted', { door }, { correlationId: attempt })` */
export function createReport(log: Logger, metrics: Metrics): Report {
  return (name, fields = {}, facts = {}) => {
    metrics.events.inc({ event: name, outcome: facts.outcome ?? '' });
    const { correlationId, outcome, level = 'info' } = facts;
    log[level]({ ...fields, event: name, outcome, correlationId }, name);
  };
}
