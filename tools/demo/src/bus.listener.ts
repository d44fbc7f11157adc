import { ADMIN_IDENTITY, type CloudEvent, parseEnvelope } from '@latchkey/contracts';
import { accessAs } from '@latchkey/runtime';
import { connect, type NatsConnection } from '@nats-io/transport-node';

const WAIT_MS = 60_000;

/** What stood on the bus: the subject and the event. */
export interface Heard {
  readonly subject: string;
  readonly event: CloudEvent;
}

/** Hears every event of a stream's subjects, as an integrator would: each once, by its id. */
export class BusListener {
  readonly heard: Heard[] = [];
  readonly #known = new Set<string>();
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly connection: NatsConnection) {}

  /** Subscribes to the subjects that `filters` name. */
  static async connect(
    { url, keysDir }: { readonly url: string; readonly keysDir: string },
    filters: readonly string[],
  ): Promise<BusListener> {
    const access = accessAs(ADMIN_IDENTITY, { url, keysDir });
    const connection = await connect({ ...access, name: 'listener' });
    const listener = new BusListener(connection);
    for (const filter of filters) {
      connection.subscribe(filter, {
        callback: (_, { subject, data }) => listener.#hear({ subject, event: parseEnvelope(data) }),
      });
    }
    await connection.flush();
    return listener;
  }

  /** Who is slow to tell is helped by another, and the stream refuses what was told twice; a plain subscriber hears it. */
  #hear(heard: Heard): void {
    const key = `${heard.subject} ${heard.event.id}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.heard.push(heard);
    for (const tell of this.listeners) tell();
  }

  /** The first event, heard already or to come, that fits. */
  async waitFor(fits: (heard: Heard) => boolean, timeoutMs = WAIT_MS): Promise<Heard> {
    const found = this.heard.find(fits);
    if (found) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.listeners.delete(look);
        const last = this.heard.slice(-5).map((heard) => heard.subject);
        reject(new Error(`no such event within ${timeoutMs} ms; the last were ${last.join(', ')}`));
      }, timeoutMs);
      const look = (): void => {
        const match = this.heard.find(fits);
        if (!match) return;
        clearTimeout(timer);
        this.listeners.delete(look);
        resolve(match);
      };
      this.listeners.add(look);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }
}
