import { BUS, type Bus, CONFIG, Failure, loadSeed, type Objects, open } from '@latchkey/runtime';
import { Controller, Inject, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { Handles, Input } from '../http/handles.js';
import { findEvents } from '../happened/find-events.js';
import { History } from '../happened/history.js';
import { ofPlace, toPlace } from '../happened/place.pure.js';
import type { InputOf } from '../http/route.js';
import { EVIDENCE } from '../tokens.js';
import { fromCursor, toCursor } from './cursor.pure.js';
import { positionsSince, readPage } from './event-reader.js';
import { getEvidence, listEvents } from './events.routes.js';
import { type EventsPage, isOfHistory } from './events.schemas.js';

type Query = InputOf<typeof listEvents>['query'];

const DAY_MS = 24 * 60 * 60 * 1000;

/** What happened, by page, and the photographs that were kept. */
@Controller()
export class EventsController {
  readonly #bus: Bus;
  readonly #evidence: Objects;
  readonly #keysDir: string;
  readonly #history: History;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(EVIDENCE) evidence: Objects,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(History) history: History,
  ) {
    this.#bus = bus;
    this.#evidence = evidence;
    this.#keysDir = config.LK_KEYS_DIR;
    this.#history = history;
  }

  @Handles(listEvents)
  async list(@Input(listEvents) { query }: InputOf<typeof listEvents>): Promise<EventsPage> {
    if (isOfHistory(query)) return this.#ofHistory(query);
    const from =
      query.cursor === undefined
        ? await positionsSince(this.#bus, query.since ?? this.#bus.nowMs() - DAY_MS)
        : fromCursor(query.cursor);
    const page = await readPage(this.#bus, query, from, query.limit);
    return {
      events: page.events.map(({ event }) => event),
      next: toCursor(page.next),
      more: page.more,
    };
  }

  #ofHistory({ cursor, ...query }: Query): EventsPage {
    const after = cursor === undefined ? undefined : toPlace(cursor);
    const { found, more } = findEvents(this.#history.read(), { ...query, after });
    // Where nothing was found, nothing comes after it in that order either, unless it goes forward.
    const last = found.at(-1)?.place ?? after ?? { atUs: 0, key: 0 };
    return { events: found.map(({ event }) => event), next: ofPlace(last), more };
  }

  @Handles(getEvidence)
  async evidence(
    @Input(getEvidence) { params }: InputOf<typeof getEvidence>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const sealed = await this.#evidence.get(params.key);
    if (!sealed) throw Failure.terminal('LK-EVD-001');
    // Read for each photograph: nobody looks often, and so the key isn't in memory all the while.
    const jpeg = open(await loadSeed(this.#keysDir, 'evidence'), sealed);
    response.set('Cache-Control', 'no-store');
    return new StreamableFile(jpeg, { type: 'image/jpeg', length: jpeg.length });
  }
}
