import { BUS, type Bus } from '@latchkey/runtime';
import { Controller, Inject, type OnModuleDestroy, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asker, type Caller } from '../access/caller.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { InputOf } from '../http/route.js';
import { LIVE_LIMITS } from '../tokens.js';
import { cursorShape, fromCursor, type Positions, toCursor } from './cursor.pure.js';
import { Cursors } from './cursors.js';
import { newestPositions, positionsSince } from './event-reader.js';
import { liveEvents } from './events.routes.js';
import { hearsSilent } from './silent.pure.js';
import { type LiveLimits, LiveStream } from './live-stream.js';

/** Events as they happen, as Server-Sent Events. */
@Controller()
export class LiveController implements OnModuleDestroy {
  readonly #bus: Bus;
  readonly #limits: LiveLimits;
  readonly #cursors: Cursors;
  readonly #streams = new Set<LiveStream>();

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(LIVE_LIMITS) limits: LiveLimits,
    @Inject(Cursors) cursors: Cursors,
  ) {
    this.#bus = bus;
    this.#limits = limits;
    this.#cursors = cursors;
  }

  @Handles(liveEvents)
  async live(
    @Input(liveEvents) { query, headers }: InputOf<typeof liveEvents>,
    @Asker() asker: Caller,
    @Res() response: Response,
  ): Promise<void> {
    if (this.#streams.size >= this.#limits.clients) throw new Problem('LK-EVT-002');
    const lastId = headers['last-event-id'];
    const last = lastId && this.#cursors.read(asker, lastId, cursorShape, 'headers.last-event-id');
    const filter = { ...query, silent: hearsSilent(asker) };
    const idOf = (positions: Positions) => this.#cursors.given(asker, toCursor(positions));
    const stream = new LiveStream(this.#bus, response, { filter, idOf }, this.#limits);
    this.#streams.add(stream);
    // A client that has gone takes no place, though what was being read for it may not be back yet.
    response.once('close', () => this.#streams.delete(stream));
    try {
      await stream.run(await this.#positions(last, query.since));
    } finally {
      this.#streams.delete(stream);
    }
  }

  onModuleDestroy(): void {
    for (const stream of this.#streams) stream.end();
  }

  async #positions(last: string | undefined, sinceMs: number | undefined): Promise<Positions> {
    if (last) return fromCursor(last);
    if (sinceMs !== undefined) return await positionsSince(this.#bus, sinceMs);
    return await newestPositions(this.#bus);
  }
}
