import { doorId } from '@latchkey/contracts';
import { BUS, type Bus, Failure } from '@latchkey/runtime';
import { Controller, Inject, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { Asker, By, type Caller } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { findEvents } from '../happened/find-events.js';
import { History } from '../happened/history.js';
import { ofPlace, placeShape, toPlace } from '../happened/place.pure.js';
import type { InputOf } from '../http/route.js';
import { Looks } from '../operations/looks.js';
import { cursorShape, fromCursor, toCursor } from './cursor.pure.js';
import { Cursors } from './cursors.js';
import { positionsSince, readPage } from './event-reader.js';
import { getEvidence, listEvents } from './events.routes.js';
import { type EventsPage, isOfHistory } from './events.schemas.js';
import { Photographs } from './photographs.js';
import { hearsSilent } from './silent.pure.js';

type Query = InputOf<typeof listEvents>['query'];

const DAY_MS = 24 * 60 * 60 * 1000;

/** What happened, by page, and the photographs that were kept. */
@Controller()
export class EventsController {
  readonly #bus: Bus;
  readonly #photographs: Photographs;
  readonly #history: History;
  readonly #cursors: Cursors;
  readonly #looks: Looks;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(Photographs) photographs: Photographs,
    @Inject(History) history: History,
    @Inject(Cursors) cursors: Cursors,
    @Inject(Looks) looks: Looks,
  ) {
    this.#bus = bus;
    this.#photographs = photographs;
    this.#history = history;
    this.#cursors = cursors;
    this.#looks = looks;
  }

  @Handles(listEvents)
  async list(
    @Input(listEvents) { query }: InputOf<typeof listEvents>,
    @Asker() asker: Caller,
  ): Promise<EventsPage> {
    const silent = hearsSilent(asker);
    if (isOfHistory(query)) return this.#ofHistory(query, asker);
    const from =
      query.cursor === undefined
        ? await positionsSince(this.#bus, query.since ?? this.#bus.nowMs() - DAY_MS)
        : fromCursor(this.#cursors.read(asker, query.cursor, cursorShape));
    const page = await readPage(this.#bus, { ...query, silent }, from, query.limit);
    return {
      events: page.events.map(({ event }) => event),
      next: this.#cursors.given(asker, toCursor(page.next)),
      more: page.more,
    };
  }

  #ofHistory({ cursor, ...query }: Query, asker: Caller): EventsPage {
    const silent = hearsSilent(asker);
    const after =
      cursor === undefined ? undefined : toPlace(this.#cursors.read(asker, cursor, placeShape));
    const { found, more } = findEvents(this.#history.read(), { ...query, silent, after });
    // Where nothing was found, nothing comes after it in that order either, unless it goes forward.
    const last = found.at(-1)?.place ?? after ?? { atUs: 0, key: 0 };
    const next = this.#cursors.given(asker, ofPlace(last));
    return { events: found.map(({ event }) => event), next, more };
  }

  @Handles(getEvidence)
  async evidence(
    @Input(getEvidence) { params }: InputOf<typeof getEvidence>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const jpeg = await this.#photographs.read(params.key);
    if (!jpeg) throw Failure.terminal('LK-EVD-001');
    const { key: subject } = params;
    const look = { action: 'photograph.viewed', subject, door: doorOfPhotograph(subject) } as const;
    await this.#looks.noted(look, { by, correlationId });
    response.set('Cache-Control', 'no-store');
    return new StreamableFile(jpeg, { type: 'image/jpeg', length: jpeg.length });
  }
}

/** The door in a photograph's key, `<door>.<attempt>`; empty where it names none. */
function doorOfPhotograph(key: string): string {
  return doorId.safeParse(key.split('.')[0]).data ?? '';
}
