import type { Bus } from '@latchkey/runtime';

/** Work that is done again and again; what fails is tried again at the next round. */
export interface Round {
  readonly name: string;
  readonly everyMs: number;
  /** What is done the first time instead, until it succeeds. */
  readonly first?: () => Promise<void>;
  readonly work: () => Promise<void>;
}

/** Begins rounds: at once, then every so often and whenever the broker is back; none overlaps itself. */
export function startRounds(bus: Bus, rounds: readonly Round[]): AsyncDisposable {
  const walks = rounds.map((round) => new Walk(bus, round));
  bus.onReconnect(() => {
    for (const walk of walks) walk.hurry();
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(walks.map((walk) => walk.close()));
    },
  };
}

class Walk {
  readonly #bus: Bus;
  readonly #round: Round;
  #isFirst = true;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(bus: Bus, round: Round) {
    this.#bus = bus;
    this.#round = round;
    this.hurry();
  }

  hurry(): void {
    this.#in(0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #in(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      // Cleared from outside: a walk that ends without waiting for anything would clear it before it is set.
      this.#running ??= this.#walk().finally(() => {
        this.#running = undefined;
        this.#in(this.#round.everyMs);
      });
    }, ms);
  }

  async #walk(): Promise<void> {
    const { name, first, work } = this.#round;
    try {
      if (this.#bus.isConnected()) {
        await (this.#isFirst && first ? first() : work());
        this.#isFirst = false;
      }
    } catch (err) {
      this.#bus.log.warn({ err, round: name }, 'a round failed; it is made again');
    }
  }
}
