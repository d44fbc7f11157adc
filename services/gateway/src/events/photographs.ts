import { type Objects, open, watchSeed } from '@latchkey/runtime';

/** The photographs of denials, which lie sealed in the store `evidence`. */
export class Photographs {
  readonly #evidence: Objects;
  readonly #keysDir: string;

  constructor(evidence: Objects, keysDir: string) {
    this.#evidence = evidence;
    this.#keysDir = keysDir;
  }

  /** The JPEG, or `null` where it is no longer kept. @throws Failure LK-KEY-001 or LK-KEY-003 where it cannot be opened */
  async read(key: string): Promise<Uint8Array | null> {
    const sealed = await this.#evidence.get(key);
    if (!sealed) return null;
    // Read for each photograph: nobody looks often, and so the key isn't in memory all the while.
    return open(watchSeed(this.#keysDir, 'evidence'), sealed);
  }
}
