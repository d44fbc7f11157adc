import argon2 from 'argon2';
import { Problem } from '../http/problem.js';

/**
 * OWASP Password Storage Cheat Sheet (2025), argon2id: 19 MiB of memory, 2 passes, 1 lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
const parameters = {
  type: argon2.argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** So many are worked on at once: each takes memory and a core, and doors must not wait for sign-ins. */
const AT_ONCE = 2;
const WAITING = 50;
const RETRY_AFTER_S = 5;

/** Makes and verifies passwords' hashes, a few at a time. */
export class Passwords {
  readonly #dummy: Promise<string>;
  #working = 0;
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#dummy = argon2.hash('whoever asks for nobody waits as long', parameters);
    // It is awaited with the first password; a failure until then is not unhandled.
    this.#dummy.catch(() => undefined);
  }

  /** @returns argon2id as a PHC string */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => argon2.hash(password, parameters));
  }

  /** Whether it is the one; where there is no hash it takes as long and is not. */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const against = hash ?? (await this.#dummy);
    const fits = await this.#inTurn(() => argon2.verify(against, password));
    return fits && hash !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#working >= AT_ONCE) {
      if (this.#waiting.length >= WAITING) {
        throw new Problem('LK-AUTH-003', 'Many sign in at this moment. Try again shortly.', {
          headers: { 'Retry-After': String(RETRY_AFTER_S) },
        });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#working += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next one, so nobody can come in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#working -= 1;
    }
  }
}
