import { type Bus, type Logger, toFailure } from '@latchkey/runtime';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Announcer } from './announcer.js';
import type { DoorPolicies } from './door-policy.store.js';
import type { Stranger, StrangerWindow } from './stranger-window.pure.js';
import type { Strangers } from './strangers.store.js';

/** How late the mail that counts the others may be, as a part of how long they are gathered, and at most. */
const SWEEP_PART = 0.1;
const LONGEST_SWEEP_MS = 15_000;

/** Reports strangers: a first one at once, further ones at that door within some minutes in one mail that counts them. */
export class StrangerReport implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #facts: {
    readonly strangers: Strangers;
    readonly doors: DoorPolicies;
    readonly announcer: Announcer;
    readonly bus: Bus;
    readonly log: Logger;
  };
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(facts: {
    strangers: Strangers;
    doors: DoorPolicies;
    announcer: Announcer;
    bus: Bus;
    log: Logger;
  }) {
    this.#facts = facts;
  }

  /** Looks for gathered strangers whose time has come, from now on. Each replica does; together they mail once. */
  onApplicationBootstrap(): void {
    const sweepMs = Math.min(this.#facts.strangers.gatherMs * SWEEP_PART, LONGEST_SWEEP_MS);
    this.#timer ??= setInterval(() => {
      this.#sweeping = this.#sweeping.then(() => this.#sweep());
    }, sweepMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async report(door: string, one: Stranger): Promise<void> {
    if (await this.#facts.strangers.isFirst(door, one, this.#mailGathered)) {
      await this.#announce(door, one, 1);
    }
  }

  async #sweep(): Promise<void> {
    const { strangers, bus, log } = this.#facts;
    try {
      await strangers.closeDue(bus.nowMs(), this.#mailGathered);
    } catch (error) {
      log.warn(
        { err: toFailure(error) },
        'gathered strangers could not be reported; tried again soon',
      );
    }
  }

  readonly #mailGathered = async (
    door: string,
    { last, further }: StrangerWindow,
  ): Promise<void> => {
    if (last) await this.#announce(door, last, further);
  };

  async #announce(door: string, one: Stranger, count: number): Promise<void> {
    const { doors, announcer } = this.#facts;
    const { audience, group } = await doors.factsOf(door);
    const { event: cause, correlationId, evidence, at } = one;
    await announcer.announce(
      {
        cause,
        correlationId,
        occasion: 'unknown-visitor',
        door,
        reason: 'unknown',
        evidence,
        count,
        at,
      },
      { audience, group },
    );
  }
}
