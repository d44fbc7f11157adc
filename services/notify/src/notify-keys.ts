import { loadPublicKey, loadSeed } from '@latchkey/runtime';

/** The keys that notify holds: its own curve key, and the seed that opens photographs. */
export class NotifyKeys {
  readonly seed: string;
  readonly publicKey: string;
  readonly evidenceSeed: string;

  private constructor(seed: string, publicKey: string, evidenceSeed: string) {
    this.seed = seed;
    this.publicKey = publicKey;
    this.evidenceSeed = evidenceSeed;
  }

  /** @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
  static async load(dir: string): Promise<NotifyKeys> {
    const [seed, publicKey, evidenceSeed] = await Promise.all([
      loadSeed(dir, 'notify'),
      loadPublicKey(dir, 'notify'),
      loadSeed(dir, 'evidence'),
    ]);
    return new NotifyKeys(seed, publicKey, evidenceSeed);
  }
}
