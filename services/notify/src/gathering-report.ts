import { type Bus, type Logger, toFailure } from '@latchkey/runtime';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { GatheredMails } from './gathered-mails.js';
import type { Gathered, GatheringWindow, Happening } from './gathering-window.pure.js';
import type { Gatherings } from './gatherings.store.js';

/** How late the mail that counts the others may be, as a part of how long they are gathered, and at most. */
const SWEEP_PART = 0.1;
const LONGEST_SWEEP_MS = 15_000;

/** Reports strangers and alarms: a first one at once, further ones alike within some minutes in one mail that counts them. */
export class GatheringReport implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #facts: {
    readonly gatherings: Gatherings;
    readonly mails: GatheredMails;
    readonly bus: Bus;
    readonly log: Logger;
  };
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(facts: { gatherings: Gatherings; mails: GatheredMails; bus: Bus; log: Logger }) {
    this.#facts = facts;
  }

  /** Looks for what was gathered and whose time has come, from now on. Each replica does; together they mail once. */
  onApplicationBootstrap(): void {
    const sweepMs = Math.min(this.#facts.gatherings.gatherMs * SWEEP_PART, LONGEST_SWEEP_MS);
    this.#timer ??= setInterval(() => {
      this.#sweeping = this.#sweeping.then(() => this.#sweep());
    }, sweepMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async report(what: Gathered, one: Happening): Promise<void> {
    const { gatherings, mails } = this.#facts;
    if (await gatherings.isFirst(what, one, this.#mailGathered)) await mails.announce(what, one, 1);
  }

  async #sweep(): Promise<void> {
    const { gatherings, bus, log } = this.#facts;
    try {
      await gatherings.closeDue(bus.nowMs(), this.#mailGathered);
    } catch (error) {
      log.warn(
        { err: toFailure(error) },
        'what was gathered could not be mailed; tried again soon',
      );
    }
  }

  readonly #mailGathered = async (
    what: Gathered,
    { last, further }: GatheringWindow,
  ): Promise<void> => {
    if (last) await this.#facts.mails.announce(what, last, further);
  };
}
