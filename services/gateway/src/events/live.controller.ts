import { BUS, type Bus } from '@latchkey/runtime';
import { Controller, Inject, type OnModuleDestroy, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { InputOf } from '../http/route.js';
import { LIVE_LIMITS } from '../tokens.js';
import { fromCursor } from './cursor.pure.js';
import { newestPositions, positionsSince } from './event-reader.js';
import { liveEvents } from './events.routes.js';
import { type LiveLimits, LiveStream } from './live-stream.js';

/** Events as they happen, as Server-Sent Events. */
@Controller()
export class LiveController implements OnModuleDestroy {
  readonly #bus: Bus;
  readonly #limits: LiveLimits;
  readonly #streams = new Set<LiveStream>();

  constructor(@Inject(BUS) bus: Bus, @Inject(LIVE_LIMITS) limits: LiveLimits) {
    this.#bus = bus;
    this.#limits = limits;
  }

  @Handles(liveEvents)
  async live(
    @Input(liveEvents) { query, headers }: InputOf<typeof liveEvents>,
    @Res() response: Response,
  ): Promise<void> {
    if (this.#streams.size >= this.#limits.clients) throw new Problem('LK-EVT-002');
    const stream = new LiveStream(this.#bus, response, query, this.#limits);
    this.#streams.add(stream);
    // A client that has gone takes no place, though what was being read for it may not be back yet.
    response.once('close', () => this.#streams.delete(stream));
    try {
      await stream.run(await this.#positions(headers['last-event-id'], query.since));
    } finally {
      this.#streams.delete(stream);
    }
  }

  onModuleDestroy(): void {
    for (const stream of this.#streams) stream.end();
  }

  async #positions(lastEventId: string | undefined, sinceMs: number | undefined) {
    if (lastEventId !== undefined) return fromCursor(lastEventId);
    if (sinceMs !== undefined) return await positionsSince(this.#bus, sinceMs);
    return await newestPositions(this.#bus);
  }
}
