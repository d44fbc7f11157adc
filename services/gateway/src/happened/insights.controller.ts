import { BUS, type Bus } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { findEvents } from './find-events.js';
import { findInsights } from './find-insights.js';
import { History } from './history.js';
import { getInsights, listEntries } from './insights.routes.js';
import type { InsightsAnswer } from './insights.schemas.js';
import { ofPlace } from './place.pure.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What happened, counted, and what happened to one person. */
@Controller()
export class InsightsController {
  readonly #history: History;
  readonly #bus: Bus;

  constructor(@Inject(History) history: History, @Inject(BUS) bus: Bus) {
    this.#history = history;
    this.#bus = bus;
  }

  @Handles(getInsights)
  count(@Input(getInsights) { query }: InputOf<typeof getInsights>): InsightsAnswer {
    const toMs = query.to ?? this.#bus.nowMs();
    const fromHour = Math.floor((query.from ?? toMs - DAY_MS) / HOUR_MS);
    const toHour = Math.ceil(toMs / HOUR_MS);
    const { door } = query;
    const found = findInsights(this.#history.read(), { fromHour, toHour, door });
    const refused = found.outcomes.filter(({ reason }) => reason === 'not-live');
    return {
      from: timeOf(fromHour),
      to: timeOf(toHour),
      hours: found.hours.map(({ hour, ...counts }) => ({ at: timeOf(hour), ...counts })),
      outcomes: [...found.outcomes],
      timeToOpenMs: found.timeToOpenMs,
      livenessRefusals: refused.reduce((sum, { count }) => sum + count, 0),
    };
  }

  @Handles(listEntries)
  list(
    @Input(listEntries) { params, query }: InputOf<typeof listEntries>,
  ): NonNullable<AnswerOf<typeof listEntries>> {
    const { cursor: after, limit } = query;
    const wanted = { person: params.id, order: 'newest', after, limit } as const;
    const { found, more } = findEvents(this.#history.read(), wanted);
    const last = found.at(-1);
    return {
      events: found.map(({ event }) => event),
      next: more && last ? ofPlace(last.place) : null,
    };
  }
}

function timeOf(hour: number): string {
  return new Date(hour * HOUR_MS).toISOString();
}
