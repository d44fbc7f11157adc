import { setTimeout as delay } from 'node:timers/promises';
import { consumers, type ObservedFace } from '@latchkey/contracts';
import type { Bus } from '@latchkey/runtime';

/** Between two frames of a camera. */
const FRAME_MS = 100;
/** So many observations may wait for auth before another frame is taken. */
const MOST_UNSEEN = 8;
const TURN_MS = 300;
const ASK_MS = 25;
const LOOK_MS = 50;
const WAIT_MS = 45_000;

/** The cameras of all doors, whose frames auth has to look at. */
export class Filming {
  readonly #bus: Bus;
  #turns: Promise<void> = Promise.resolve();

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** Takes frame after frame while something else goes on: what takes long keeps no frame waiting. */
  async filmed<Result>(
    frame: () => Promise<unknown>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const over = new AbortController();
    const film = async () => {
      while (!over.signal.aborted) {
        await this.#turn();
        await frame();
        await delay(FRAME_MS);
      }
    };
    const done = work().finally(() => over.abort());
    const [result] = await Promise.all([done, film()]);
    return result;
  }

  /**
   * Waits until there is room for one more frame, door after door, as capture has few on their way: on a slow machine auth
   * would else be so far behind that no code that it sees is new enough. Only for a while: a replica may be stuck.
   */
  #turn(): Promise<void> {
    this.#turns = this.#turns.then(() => this.#room());
    return this.#turns;
  }

  async #room(): Promise<void> {
    const { stream, durable } = consumers.authObservations;
    const deadline = performance.now() + TURN_MS;
    while (performance.now() < deadline) {
      // Whatever lay in the broker's memory is made anew after its restart.
      const seen = await this.#bus.jsm.consumers.info(stream, durable).catch(() => null);
      if (seen && seen.num_pending + seen.num_ack_pending < MOST_UNSEEN) return;
      await delay(ASK_MS);
    }
  }
}

/** What is seen of a face. `who`: whom it resembles. */
export function faceOf(who: readonly string[]): ObservedFace {
  return {
    box: { x: 200, y: 100, width: 180, height: 220 },
    detection: 0.99,
    quality: 0.9,
    usable: true,
    liveness: 0.97,
    candidates: who.map((person, at) => ({ person, score: 0.7 - at / 100 })),
    clear: who.length === 1,
  };
}

/** Waits until something holds, with a bound. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(LOOK_MS);
  }
}
