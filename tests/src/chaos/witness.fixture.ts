import { type CloudEvent, parseEnvelope } from '@latchkey/contracts';
import { type Bus, connectBus, createLogger } from '@latchkey/runtime';
import { vi } from 'vitest';

const WAIT_MS = 60_000;
const LOOK_MS = 50;
const quiet = createLogger({ service: 'witness', instance: 'witness', level: 'silent' });

/** Reads what the broker has stored, and hears what a lock hears; outlives the broker. */
export class Witness {
  /** The attempts for which the lock heard "open", as it heard them. */
  readonly opened: string[] = [];
  readonly #stored = new Map<string, { next: number; events: CloudEvent[] }>();
  readonly #live = new Set<(subject: string) => void>();
  readonly #bus: Bus;

  static async connect(url: string, keysDir: string): Promise<Witness> {
    return new Witness(
      await connectBus({ url, name: 'witness', identity: 'admin', keysDir, log: quiet }),
    );
  }

  private constructor(bus: Bus) {
    this.#bus = bus;
    bus.nc.subscribe('lk.v1.>', {
      callback: (_, { subject, data }) => {
        if (subject.startsWith('lk.v1.frame.')) return;
        if (subject.startsWith('lk.v1.open.')) {
          this.opened.push((parseEnvelope(data).data as { attempt: string }).attempt);
        }
        for (const tell of this.#live) tell(subject);
      },
    });
  }

  /** The next message on a subject that begins and ends so, at the moment when it passes. */
  passing(begins: string, ends = ''): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const tell = (subject: string) => {
      if (subject.startsWith(begins) && subject.endsWith(ends)) resolve();
    };
    const late = setTimeout(
      () => reject(new Error(`nothing on ${begins}…${ends} within ${WAIT_MS} ms`)),
      WAIT_MS,
    );
    this.#live.add(tell);
    return promise.finally(() => {
      clearTimeout(late);
      this.#live.delete(tell);
    });
  }

  /** All events that a stream has stored, in order. */
  async stored(stream: 'ACCESS' | 'REGISTRY' | 'DEAD'): Promise<readonly CloudEvent[]> {
    const known = this.#stored.get(stream) ?? { next: 1, events: [] };
    this.#stored.set(stream, known);
    const { state } = await this.#bus.jsm.streams.info(stream);
    for (; known.next <= state.last_seq; known.next += 1) {
      const message = await this.#bus.jsm.streams.getMessage(stream, { seq: known.next });
      if (message) known.events.push(message.json<CloudEvent>());
    }
    return known.events;
  }

  close(): Promise<void> {
    return this.#bus.close();
  }
}

/** Looks again until `look` no longer throws; for at most a minute, then its last error is thrown. */
export async function eventually<Value>(look: () => Promise<Value>): Promise<Value> {
  return vi.waitFor(look, { timeout: WAIT_MS, interval: LOOK_MS });
}
