import { type Bucket, Failure } from '@latchkey/runtime';
import {
  closed,
  countStranger,
  isDue,
  type Stranger,
  type StrangerWindow,
} from './stranger-window.pure.js';

/** Mails those who were gathered at a door; may be called twice for the same, so it must be idempotent. */
export type MailGathered = (door: string, window: StrangerWindow) => Promise<void>;

/** More conflicts in a row than replicas and doors can make mean that something is wrong. */
const MAX_TRIES = 20;

/**
 * The strangers of the last minutes at each door, shared by all replicas and kept over restarts: compare-and-set in the
 * bucket `gathering`. What is gathered is mailed before it is struck out: a crash between mails it twice under the same
 * job ids, which the broker and the ledger take for one.
 */
export class Strangers {
  readonly #windows: Bucket<StrangerWindow>;
  readonly gatherMs: number;

  constructor(windows: Bucket<StrangerWindow>, gatherMs: number) {
    this.#windows = windows;
    this.gatherMs = gatherMs;
  }

  /** Counts a stranger. @returns whether it is a first one, to be mailed at once */
  async isFirst(door: string, one: Stranger, mailGathered: MailGathered): Promise<boolean> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entry = await this.#windows.get(door);
      const step = countStranger(entry?.value ?? null, one, this.gatherMs);
      if (step.kind === 'seen-first') return true;
      if (step.kind === 'seen-further') return false;
      if (step.kind === 'close-before') await this.#close(door, mailGathered);
      else {
        const written = entry
          ? await this.#windows.update(door, step.window, entry.revision)
          : await this.#windows.create(door, step.window);
        if (written !== 'conflict') return step.kind === 'first';
      }
    }
    throw Failure.retryable('LK-BUS-006', `The strangers at ${door} could not be counted.`);
  }

  /** Mails all that is due. */
  async closeDue(nowMs: number, mailGathered: MailGathered): Promise<void> {
    for (const door of await this.#windows.keys()) {
      const entry = await this.#windows.get(door);
      if (entry && isDue(entry.value, nowMs)) await this.#close(door, mailGathered);
    }
  }

  async #close(door: string, mailGathered: MailGathered): Promise<void> {
    const entry = await this.#windows.get(door);
    if (!entry || entry.value.further === 0) return;
    await mailGathered(door, entry.value);
    // On a conflict another replica closed it, or one more was counted, who is mailed next time.
    await this.#windows.update(door, closed(entry.value), entry.revision);
  }
}
