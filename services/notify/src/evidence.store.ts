import { type Logger, type Objects, open, toFailure, type Held } from '@latchkey/runtime';

/** The photographs of denials: sealed, codes in them blurred, kept for a while. */
export class Evidence {
  readonly #objects: Pick<Objects, 'get'>;
  readonly #seed: Held<string>;

  constructor(objects: Pick<Objects, 'get'>, seed: Held<string>) {
    this.#objects = objects;
    this.#seed = seed;
  }

  /** The JPEG, or `undefined` where none was kept, its time is over, or it cannot be opened: the mail goes without it. */
  async photograph(key: string | null, log: Logger): Promise<Uint8Array | undefined> {
    const sealed = key === null ? null : await this.#objects.get(key);
    if (!sealed) return undefined;
    try {
      return open(this.#seed, sealed);
    } catch (error) {
      log.warn({ err: toFailure(error), object: key }, 'the photograph cannot be opened');
      return undefined;
    }
  }
}
