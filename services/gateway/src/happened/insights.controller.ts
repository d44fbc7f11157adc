import { BUS, type Bus, CONFIG } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { Asker, type Caller } from '../access/caller.js';
import { Cursors } from '../events/cursors.js';
import { hearsSilent } from '../events/silent.pure.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { findEvents } from './find-events.js';
import { findInsights } from './find-insights.js';
import { History } from './history.js';
import { getInsights, listEntries } from './insights.routes.js';
import type { InsightsAnswer } from './insights.schemas.js';
import { ofPlace, placeShape, toPlace } from './place.pure.js';
import { SiteClock } from './site-hours.pure.js';

const DAY_MS = 24 * 3_600_000;

/** What happened, counted, and what happened to one person. */
@Controller()
export class InsightsController {
  readonly #history: History;
  readonly #cursors: Cursors;
  readonly #bus: Bus;
  readonly #clock: SiteClock;

  constructor(
    @Inject(History) history: History,
    @Inject(Cursors) cursors: Cursors,
    @Inject(BUS) bus: Bus,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.#history = history;
    this.#cursors = cursors;
    this.#bus = bus;
    this.#clock = new SiteClock(config.LK_TIME_ZONE);
  }

  @Handles(getInsights)
  count(@Input(getInsights) { query }: InputOf<typeof getInsights>): InsightsAnswer {
    const clock = this.#clock;
    const untilMs = query.to ?? this.#bus.nowMs();
    const fromMs = clock.hourOf(query.from ?? untilMs - DAY_MS);
    const toMs = clock.hourFrom(untilMs);
    const { door } = query;
    const found = findInsights(this.#history.read(), { fromMs, toMs, clock, door });
    const refused = found.outcomes.filter(({ reason }) => reason === 'not-live');
    return {
      from: timeOf(fromMs),
      to: timeOf(toMs),
      timeZone: clock.timeZone,
      hours: found.hours.map(({ atMs, ...counts }) => ({ at: timeOf(atMs), ...counts })),
      outcomes: [...found.outcomes],
      timeToOpenMs: { ...found.timeToOpenMs, seconds: [...found.timeToOpenMs.seconds] },
      livenessRefusals: refused.reduce((sum, { count }) => sum + count, 0),
    };
  }

  @Handles(listEntries)
  list(
    @Input(listEntries) { params, query }: InputOf<typeof listEntries>,
    @Asker() asker: Caller,
  ): NonNullable<AnswerOf<typeof listEntries>> {
    const { cursor, limit } = query;
    const after = cursor ? toPlace(this.#cursors.read(asker, cursor, placeShape)) : undefined;
    const silent = hearsSilent(asker);
    const wanted = { person: params.id, order: 'newest', after, limit, silent } as const;
    const { found, more } = findEvents(this.#history.read(), wanted);
    const last = found.at(-1);
    return {
      events: found.map(({ event }) => event),
      next: more && last ? this.#cursors.given(asker, ofPlace(last.place)) : null,
    };
  }
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
