import type { CloudEvent } from '@latchkey/contracts';
import type { Bus } from '@latchkey/runtime';
import type { ConsumerMessages } from '@nats-io/jetstream';
import type { Response } from 'express';
import { correlationOf } from '../http/correlation.middleware.js';
import { Problem, problemBody } from '../http/problem.js';
import { type EventStream, eventStreams, type Positions } from './cursor.pure.js';
import { type EventFilter, isWanted } from './event-filter.pure.js';
import { awayFailure, openConsumer, readMessage, readPage } from './event-reader.js';

/** The bounds of live streams. */
export interface LiveLimits {
  readonly clients: number;
  /** How many events of one stream may wait for a client here, and how many a page of the past has. */
  readonly buffered: number;
  /** How long a client may leave its connection full. */
  readonly slowMs: number;
  readonly beatMs: number;
  /** How long a client that was cut has to read the last event. */
  readonly graceMs: number;
}

/** What a client is told of, and by which ids. */
export interface LiveWish {
  readonly filter: EventFilter;
  readonly idOf: (positions: Positions) => string;
}

export const defaultLiveLimits: LiveLimits = {
  clients: 64,
  buffered: 128,
  slowMs: 20_000,
  beatMs: 15_000,
  graceMs: 5_000,
};

/** A broker that came back has forgotten its readers: two heartbeats missed, and the reader is made anew. */
const HEARTBEAT_MS = 2_000;
const PULL_MS = 10_000;

/**
 * One client's live stream: first what was stored before it began, merged by time, then each event as it comes. What the
 * client does not read stays at the broker: at most `buffered` events of each stream
 * are held here, and a client that leaves its connection full for `slowMs` is cut with a last event.
 */
export class LiveStream {
  readonly #bus: Bus;
  readonly #response: Response;
  readonly #filter: EventFilter;
  readonly #idOf: LiveWish['idOf'];
  readonly #limits: LiveLimits;
  readonly #open = new Set<ConsumerMessages>();
  #positions: Record<EventStream, number> = { ACCESS: 1, ALARMS: 1, REGISTRY: 1 };
  #ended = false;

  constructor(bus: Bus, response: Response, { filter, idOf }: LiveWish, limits: LiveLimits) {
    this.#bus = bus;
    this.#response = response;
    this.#filter = filter;
    this.#idOf = idOf;
    this.#limits = limits;
  }

  /** Sends events from those positions on until the client goes, is cut, or `end` is called. */
  async run(from: Positions): Promise<void> {
    // The client may have gone while the positions were asked for: then no `close` comes any more.
    if (this.#response.closed) return;
    this.#positions = { ...from };
    this.#response.once('close', () => this.end()).once('error', () => this.end());
    this.#begin();
    const beat = setInterval(() => this.#write(': beat\n\n'), this.#limits.beatMs);
    let following: Promise<void>[] = [];
    try {
      await this.#tellPast(from);
      const since = { ...this.#positions };
      following = eventStreams.map((stream) => this.#follow(stream, since));
      // With one stream no longer read the rest would be half of the truth: the first to end, ends all.
      await Promise.race(following);
      this.#sayLast('LK-BUS-001');
    } catch (error) {
      // The answer has begun, so the problem is its last event.
      this.#sayLast(awayFailure(error).code);
    } finally {
      clearInterval(beat);
      this.end();
      await Promise.allSettled(following);
    }
  }

  /** Ends the stream; twice is fine. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const messages of this.#open) messages.stop();
    this.#response.end();
    // Whoever reads nothing would keep the connection open for ever.
    setTimeout(() => this.#response.destroy(), this.#limits.graceMs).unref();
  }

  /** True where the client keeps up. Once the stream has ended nothing is written any more, whoever still wants to. */
  #write(text: string): boolean {
    return this.#ended || this.#response.write(text);
  }

  #begin(): void {
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    // An id before any event: whoever loses the line before the first one goes on from here all the same.
    this.#write(`retry: 2000\nid: ${this.#idOf(this.#positions)}\n\n`);
  }

  /** Sends what is stored already, a page at a time; the streams are then followed from right behind it. */
  async #tellPast(from: Positions): Promise<void> {
    for (let more = true, next = from; more && !this.#ended; ) {
      const page = await readPage(this.#bus, this.#filter, next, this.#limits.buffered);
      for (const { event, after } of page.events) {
        this.#positions = { ...after };
        await this.#send(event);
      }
      ({ more, next } = page);
      this.#positions = { ...next };
    }
  }

  async #follow(stream: EventStream, from: Positions): Promise<void> {
    const consumer = await openConsumer(this.#bus, stream, this.#filter, from);
    if (!consumer || this.#ended) return await this.#untilEnd();
    const messages = await consumer.consume({
      max_messages: this.#limits.buffered,
      expires: PULL_MS,
      idle_heartbeat: HEARTBEAT_MS,
    });
    this.#open.add(messages);
    if (this.#ended) messages.stop();
    for await (const message of messages) {
      if (this.#ended) break;
      this.#positions[stream] = message.seq + 1;
      const event = readMessage(message);
      if (event && isWanted(event, this.#filter)) await this.#send(event);
    }
    await consumer.delete().catch(() => undefined);
  }

  /** A stream that can hold nothing of what is wanted keeps silent, and must not end the others. */
  async #untilEnd(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#ended) resolve();
      else this.#response.once('close', () => resolve());
    });
  }

  async #send(event: CloudEvent): Promise<void> {
    const id = this.#idOf(this.#positions);
    const text = `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    if (this.#write(text) || (await this.#drained())) return;
    this.#sayLast('LK-EVT-001');
    this.end();
  }

  /** True once the client has read on, false where it doesn't within `slowMs`. */
  async #drained(): Promise<boolean> {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), this.#limits.slowMs);
      const read = () => settle(true);
      const settle = (answer: boolean) => {
        clearTimeout(timer);
        this.#response.off('drain', read).off('close', read);
        resolve(answer);
      };
      this.#response.once('drain', read).once('close', read);
    });
  }

  #sayLast(code: Problem['code']): void {
    if (this.#ended) return;
    const body = problemBody(new Problem(code), correlationOf(this.#response));
    this.#write(`event: cut\ndata: ${JSON.stringify(body)}\n\n`);
  }
}
