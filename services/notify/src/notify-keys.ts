import { type KeyFile, watchPublicKey, watchSeed } from '@latchkey/runtime';

/** The keys that notify holds: its own curve key, and the seed that opens photographs. */
export class NotifyKeys {
  readonly seed: KeyFile<readonly string[]>;
  readonly publicKey: KeyFile<readonly string[]>;
  readonly evidenceSeed: KeyFile<readonly string[]>;

  /** @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
  constructor(dir: string) {
    this.seed = watchSeed(dir, 'notify');
    this.publicKey = watchPublicKey(dir, 'notify');
    this.evidenceSeed = watchSeed(dir, 'evidence');
  }
}
