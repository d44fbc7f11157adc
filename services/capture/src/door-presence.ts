import { buckets, type DoorPresence, doorPresence, presenceKey } from '@latchkey/contracts';
import { type Bucket, type Bus, type Logger, openBucket } from '@latchkey/runtime';

/** An entry's time to live is three times as long. */
const TELL_EVERY_MS = 10_000;

/** What is connected at a door. */
export type DoorCounts = Pick<DoorPresence, 'kiosks' | 'cameras'>;

/** What presence is told with. */
export interface PresenceFacts {
  readonly bus: Bus;
  readonly log: Logger;
  /** Which instance tells: another may have the same door's other camera. */
  readonly capture: string;
  /** What is connected now, by door; a door with nothing is left out. */
  countsOf(): ReadonlyMap<string, DoorCounts>;
}

/** Tells the bucket `presence` what is connected at each door: at each change, and again while it lasts. */
export class DoorPresences {
  readonly #facts: PresenceFacts;
  readonly #bucket: Bucket<DoorPresence>;
  readonly #timer: NodeJS.Timeout;
  #told = new Set<string>();

  private constructor(facts: PresenceFacts, bucket: Bucket<DoorPresence>) {
    this.#facts = facts;
    this.#bucket = bucket;
    this.#timer = setInterval(() => void this.tell(), TELL_EVERY_MS);
  }

  static async open(facts: PresenceFacts): Promise<DoorPresences> {
    return new DoorPresences(facts, await openBucket(facts.bus, buckets.presence, doorPresence));
  }

  /** Tells all doors; one where nothing is connected any more is taken away. */
  async tell(): Promise<void> {
    await this.#tellOf(this.#facts.countsOf());
  }

  /** Tells that nothing is connected any more, and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tellOf(new Map());
  }

  async #tellOf(now: ReadonlyMap<string, DoorCounts>): Promise<void> {
    // What the client would keep for later would then be told as if it were so.
    if (!this.#facts.bus.isConnected()) return;
    const gone = [...this.#told].filter((door) => !now.has(door));
    this.#told = new Set(now.keys());
    await Promise.all([
      ...[...now].map(([door, counts]) => this.#tellDoor(door, counts)),
      ...gone.map((door) => this.#tellDoor(door, null)),
    ]);
  }

  /** @param counts null: nothing is connected any more */
  async #tellDoor(door: string, counts: DoorCounts | null): Promise<void> {
    const { bus, log, capture } = this.#facts;
    const key = presenceKey({ door, capture });
    try {
      if (counts) await this.#bucket.put(key, { door, capture, ...counts, at: bus.nowMs() });
      else await this.#bucket.delete(key);
    } catch (err) {
      log.debug({ err, door }, 'presence could not be told; it is told again soon');
    }
  }
}
