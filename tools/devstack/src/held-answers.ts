import type { CaughtMail } from './caught-mail.js';

/** A mail that is taken before its sender is told so. */
export interface HeldAnswer {
  /** The mail, once it is safely stored. */
  readonly taken: Promise<CaughtMail>;
  /** Lets its sender know. */
  tell(): void;
}

interface Hold {
  readonly wanted: (mail: CaughtMail) => boolean;
  readonly take: (mail: CaughtMail) => void;
  readonly told: Promise<void>;
}

/** The moments between a mail server's taking a mail and its saying so, made as long as is wished. */
export class HeldAnswers {
  readonly #holds = new Set<Hold>();

  /** Holds the answer to the next mail that `wanted` accepts. */
  hold(wanted: (mail: CaughtMail) => boolean): HeldAnswer {
    const { promise: taken, resolve: take } = Promise.withResolvers<CaughtMail>();
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    this.#holds.add({ wanted, take, told });
    return { taken, tell };
  }

  /** Resolves when the sender of a mail that was stored may hear of it. */
  async mayTell(mail: CaughtMail): Promise<void> {
    const held = [...this.#holds].find(({ wanted }) => wanted(mail));
    if (!held) return;
    this.#holds.delete(held);
    held.take(mail);
    await held.told;
  }
}
