import { type Bucket, Failure } from '@latchkey/runtime';
import {
  closed,
  countOne,
  type Gathered,
  type GatheringWindow,
  gatheredBy,
  type Happening,
  isDue,
  keyOf,
} from './gathering-window.pure.js';

/** Mails those who were gathered; may be called twice for the same, so it must be idempotent. */
export type MailGathered = (what: Gathered, window: GatheringWindow) => Promise<void>;

/** More conflicts in a row than replicas and doors can make mean that something is wrong. */
const MAX_TRIES = 20;

/**
 * What happened within the last minutes, shared by all replicas and kept over restarts: compare-and-set in the bucket
 * `gathering`. What is gathered is mailed before it is struck out: a crash between mails it twice under the same job ids,
 * which the broker and the ledger take for one.
 */
export class Gatherings {
  readonly #windows: Bucket<GatheringWindow>;
  readonly gatherMs: number;

  constructor(windows: Bucket<GatheringWindow>, gatherMs: number) {
    this.#windows = windows;
    this.gatherMs = gatherMs;
  }

  /** Counts one. @returns whether it is a first one, to be mailed at once */
  async isFirst(what: Gathered, one: Happening, mailGathered: MailGathered): Promise<boolean> {
    const key = keyOf(what);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entry = await this.#windows.get(key);
      const step = countOne(entry?.value ?? null, one, this.gatherMs);
      if (step.kind === 'seen-first') return true;
      if (step.kind === 'seen-further') return false;
      if (step.kind === 'close-before') await this.#close(what, mailGathered);
      else {
        const written = entry
          ? await this.#windows.update(key, step.window, entry.revision)
          : await this.#windows.create(key, step.window);
        if (written !== 'conflict') return step.kind === 'first';
      }
    }
    throw Failure.retryable('LK-BUS-006', `What happened at ${what.door} could not be counted.`);
  }

  /** Mails all that is due. */
  async closeDue(nowMs: number, mailGathered: MailGathered): Promise<void> {
    for (const key of await this.#windows.keys()) {
      const what = gatheredBy(key);
      const entry = what && (await this.#windows.get(key));
      if (entry && isDue(entry.value, nowMs)) await this.#close(what, mailGathered);
    }
  }

  async #close(what: Gathered, mailGathered: MailGathered): Promise<void> {
    const key = keyOf(what);
    const entry = await this.#windows.get(key);
    if (!entry || entry.value.further === 0) return;
    await mailGathered(what, entry.value);
    // On a conflict another replica closed it, or one more was counted, which is mailed next time.
    await this.#windows.update(key, closed(entry.value), entry.revision);
  }
}
