import { type CloudEvent, codeNotice, sealedCode, streams } from '@latchkey/contracts';
import { type Bus, ensureTopology, loadSeed, open } from '@latchkey/runtime';
import { until } from './until.js';

/** What the registry published, read as notify would read it. */
export class PostBox {
  readonly #bus: Bus;
  readonly #keysDir: string;

  static async open(bus: Bus, keysDir: string): Promise<PostBox> {
    await ensureTopology(bus, { streams: [streams.REGISTRY, streams.NOTICES] });
    return new PostBox(bus, keysDir);
  }

  private constructor(bus: Bus, keysDir: string) {
    this.#bus = bus;
    this.#keysDir = keysDir;
  }

  /** The codes that were sent for mailing to a person so far, oldest first, opened with notify's key. */
  async codesOf(person: string): Promise<string[]> {
    const seed = await loadSeed(this.#keysDir, 'notify');
    const notices = await this.stored('NOTICES', codeNotice.template);
    return notices
      .map((event) => codeNotice.data.parse(event.data))
      .filter((notice) => notice.person === person)
      .map(({ sealed }) => sealedCode.parse(JSON.parse(textOf(open(seed, sealed)))).text);
  }

  /** Waits until so many codes were sent to a person; answers the newest. */
  async newestCode(person: string, count: number): Promise<string> {
    return until(`${count} codes for ${person}`, async () => {
      const codes = await this.codesOf(person);
      return codes.length >= count ? codes.at(-1) : undefined;
    });
  }

  /** Waits for the codes of one person, one after the other from the first on; each is read once. */
  codesFor(person: string): () => Promise<string> {
    let seq = 1;
    const read = async (): Promise<string | undefined> => {
      for (;;) {
        const message = await this.#bus.jsm.streams.getMessage('NOTICES', { seq });
        if (!message) return undefined;
        seq += 1;
        const { data } = message.json<CloudEvent>();
        const notice = codeNotice.data.safeParse(data);
        if (notice.data?.person !== person) continue;
        const seed = await loadSeed(this.#keysDir, 'notify');
        return sealedCode.parse(JSON.parse(textOf(open(seed, notice.data.sealed)))).text;
      }
    };
    return () => until(`the next code for ${person}`, read);
  }

  /** Waits for the first event of a type that tells of a person or a door. */
  async event(stream: 'REGISTRY' | 'NOTICES', subject: string, about: string): Promise<CloudEvent> {
    return until(`${subject} of ${about}`, async () => {
      const events = await this.stored(stream, subject);
      return events.find(({ data }) => Object.values(data as object).includes(about));
    });
  }

  /** All events stored on a subject (`>`: on any), in order. */
  async stored(stream: 'REGISTRY' | 'NOTICES', subject: string): Promise<CloudEvent[]> {
    const { state } = await this.#bus.jsm.streams.info(stream);
    const events: CloudEvent[] = [];
    for (let seq = state.first_seq; state.messages > 0 && seq <= state.last_seq; seq += 1) {
      const message = await this.#bus.jsm.streams.getMessage(stream, { seq });
      if (message && (subject === '>' || message.subject === subject)) events.push(message.json());
    }
    return events;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
