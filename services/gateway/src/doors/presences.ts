import { buckets, type DoorPresence, doorPresence } from '@latchkey/contracts';
import { type Bus, openBucket } from '@latchkey/runtime';

/** What is connected at a door, by all captures together. */
export interface Connected {
  readonly kiosks: number;
  readonly cameras: number;
}

/** What each capture last told of its doors; what it stopped telling ages out. */
export class Presences {
  readonly #bus: Bus;
  readonly #told = new Map<string, DoorPresence>();
  #watch: { stop(): void } | undefined;

  private constructor(bus: Bus) {
    this.#bus = bus;
  }

  static async open(bus: Bus): Promise<Presences> {
    const presences = new Presences(bus);
    const bucket = await openBucket(bus, buckets.presence, doorPresence);
    presences.#watch = bucket.watch({
      changed: ({ key, value }) => {
        if (value) presences.#told.set(key, value);
        else presences.#told.delete(key);
      },
    });
    return presences;
  }

  /** What each capture has connected now, by door and capture. */
  all(): DoorPresence[] {
    // No watcher hears that an entry's time to live has passed.
    const sinceMs = this.#bus.nowMs() - buckets.presence.ttlMs;
    for (const [key, { at }] of this.#told) if (at <= sinceMs) this.#told.delete(key);
    return [...this.#told.values()].toSorted(
      (one, other) =>
        one.door.localeCompare(other.door) || one.capture.localeCompare(other.capture),
    );
  }

  of(door: string): Connected {
    const there = this.all().filter((told) => told.door === door);
    return {
      kiosks: there.reduce((sum, { kiosks }) => sum + kiosks, 0),
      cameras: there.reduce((sum, { cameras }) => sum + cameras, 0),
    };
  }

  onModuleDestroy(): void {
    this.#watch?.stop();
  }
}
