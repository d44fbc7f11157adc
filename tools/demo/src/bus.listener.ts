import { type CloudEvent, parseEnvelope } from '@latchkey/contracts';
import { connect, type NatsConnection } from '@nats-io/transport-node';

/** What stood on the bus: the subject and the event. */
export interface Heard {
  readonly subject: string;
  readonly event: CloudEvent;
}

/** Hears every event of a stream's subjects, as an integrator would. */
export class BusListener {
  readonly heard: Heard[] = [];
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly connection: NatsConnection) {}

  /** Subscribes to the subjects that `filters` name. */
  static async connect(url: string, filters: readonly string[]): Promise<BusListener> {
    const connection = await connect({ servers: url, name: 'listener' });
    const listener = new BusListener(connection);
    for (const filter of filters) {
      connection.subscribe(filter, {
        callback: (_, message) => {
          listener.heard.push({ subject: message.subject, event: parseEnvelope(message.data) });
          for (const tell of listener.listeners) tell();
        },
      });
    }
    await connection.flush();
    return listener;
  }

  /** The first event, heard already or to come, that fits. */
  async waitFor(fits: (heard: Heard) => boolean, timeoutMs = 20_000): Promise<Heard> {
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
