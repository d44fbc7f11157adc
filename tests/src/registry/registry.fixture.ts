import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeNotice, type shownCode, sealedCode, streams } from '@latchkey/contracts';
import {
  type Person,
  RegistryServiceClient,
  RegistryServiceService,
  type UseCodeReply,
} from '@latchkey/contracts/grpc';
import { type Broker, initKeys, startBroker } from '@latchkey/devstack';
import { REGISTRY, type Registry, registry } from '@latchkey/registry';
import {
  type Bus,
  callUnary,
  connectBus,
  connectGrpc,
  createLogger,
  ensureTopology,
  loadPublicKey,
  loadSeed,
  open,
  seal,
  type Service,
} from '@latchkey/runtime';
import type { z } from 'zod';

const quiet = createLogger({
  service: 'test',
  instance: 'test',
  level: process.env['LK_LOG_LEVEL'] ?? 'silent',
});

/** A unit vector of 512 numbers that points near to the axis `who`; `turn` makes samples of one person differ. */
export function templateOf(who: number, turn = 0): number[] {
  const vector = Array.from({ length: 512 }, (_, index) => 0.01 * Math.sin(index + turn));
  vector[who] = 1;
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** The registry with a real broker, a real store and real keys; called as its neighbours call it. */
export class Office {
  readonly folder: string;
  readonly broker: Broker;
  readonly bus: Bus;
  readonly keysDir: string;
  service: Service;
  client: RegistryServiceClient;
  readonly storeUrl: string;

  private constructor(facts: { folder: string; broker: Broker; bus: Bus; storeUrl: string }) {
    this.folder = facts.folder;
    this.broker = facts.broker;
    this.bus = facts.bus;
    this.storeUrl = facts.storeUrl;
    this.keysDir = join(facts.folder, 'keys');
    this.service = undefined as never;
    this.client = undefined as never;
  }

  static async open(storeUrl?: string): Promise<Office> {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-registry-'));
    await initKeys(join(folder, 'keys'));
    const broker = await startBroker({ dataDir: join(folder, 'nats') });
    const bus = await connectBus({ url: broker.url, name: 'test', log: quiet });
    await ensureTopology(bus, { streams: [streams.REGISTRY, streams.NOTICES] });
    const url = storeUrl ?? `file:${join(folder, 'data', 'registry.db')}`;
    const office = new Office({ folder, broker, bus, storeUrl: url });
    await office.startService();
    return office;
  }

  async startService(env: NodeJS.ProcessEnv = {}): Promise<void> {
    const config = registry.readConfig({
      NATS_URL: this.broker.url,
      LK_KEYS_DIR: this.keysDir,
      LK_STORE_URL: this.storeUrl,
      LK_REGISTRY_URL: '127.0.0.1:0',
      ...env,
    });
    this.service = await registry.create(config, { logger: quiet });
    const { port } = this.service.get<Registry>(REGISTRY).grpc;
    this.client = connectGrpc(RegistryServiceClient, `127.0.0.1:${port}`);
  }

  async stopService(): Promise<void> {
    this.client.close();
    await this.service.close();
  }

  /** Calls the registry by gRPC, as its neighbours do. */
  call<Name extends keyof typeof RegistryServiceService>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<ReplyOf<Name>> {
    const method = RegistryServiceService[name] as unknown as Parameters<
      typeof callUnary<RequestOf<Name>, ReplyOf<Name>>
    >[1];
    return callUnary(this.client, method, request as never, {
      deadlineMs: 20_000,
      correlationId: randomUUID(),
    });
  }

  createDraft(
    person: string,
    facts: Partial<{ name: string; email: string; guard: boolean; groups: string[] }> = {},
  ) {
    return this.call('createDraft', {
      person,
      name: `Name of ${person}`,
      email: `${person.toLowerCase()}@campus.example`,
      by: 'test',
      guard: false,
      groups: [],
      ...facts,
    });
  }

  async addSample(
    person: string,
    vector: readonly number[],
    resembles: { person: string; score: number }[] = [],
  ) {
    const key = await loadPublicKey(this.keysDir, 'registry');
    const sealedTemplate = seal(key, JSON.stringify(vector));
    return this.call('addSample', { person, sealedTemplate, by: 'test', resembles });
  }

  /** Registers a person whose face is the axis `who`. */
  async enrol(
    person: string,
    who: number,
    facts: Parameters<Office['createDraft']>[1] = {},
  ): Promise<Person> {
    await this.createDraft(person, facts);
    for (let turn = 0; turn < 5; turn += 1) await this.addSample(person, templateOf(who, turn));
    return this.call('commitDraft', { person, by: 'test' });
  }

  /** The codes that were sent for mailing to a person so far, oldest first, opened with notify's key. */
  async codesOf(person: string): Promise<string[]> {
    const seed = await loadSeed(this.keysDir, 'notify');
    const events = await this.stored('NOTICES', codeNotice.template);
    return events
      .map((event) => codeNotice.data.parse(event.data))
      .filter((notice) => notice.person === person)
      .map(
        (notice) =>
          sealedCode.parse(JSON.parse(new TextDecoder().decode(open(seed, notice.sealed)))).text,
      );
  }

  /** Waits until so many codes were sent to a person; answers the newest. */
  async newestCode(person: string, count: number): Promise<string> {
    return this.until(`${count} codes for ${person}`, async () => {
      const codes = await this.codesOf(person);
      return codes.length >= count ? codes.at(-1) : undefined;
    });
  }

  /** All events stored on a subject, in order. */
  async stored(
    stream: 'REGISTRY' | 'NOTICES',
    subject: string,
  ): Promise<{ id: string; type: string; data: unknown }[]> {
    const {
      messages,
      first_seq: first,
      last_seq: last,
    } = (await this.bus.jsm.streams.info(stream)).state;
    if (messages === 0) return [];
    const events: { id: string; type: string; data: unknown }[] = [];
    for (let sequence = first; sequence <= last; sequence += 1) {
      const message = await this.bus.jsm.streams.getMessage(stream, { seq: sequence });
      if (message && (subject === '>' || message.subject === subject)) events.push(message.json());
    }
    return events;
  }

  /** Shows a code at a door, as auth asks it. */
  async showCode(
    text: string,
    candidates: string[],
    facts: Partial<{
      attempt: string;
      door: string;
      notAfter: number;
      frame: string;
      sealedDoor: string;
    }> = {},
  ): Promise<UseCodeReply> {
    const door = facts.door ?? 'library-north';
    const frame = facts.frame ?? randomUUID();
    const capturedAt = this.bus.nowMs();
    const shown: z.infer<typeof shownCode> = {
      text,
      door: facts.sealedDoor ?? door,
      frame,
      capturedAt,
    };
    const sealed = seal(await loadPublicKey(this.keysDir, 'registry'), JSON.stringify(shown));
    return this.call('useCode', {
      attempt: facts.attempt ?? randomUUID(),
      door,
      candidates,
      sealed,
      frame,
      capturedAt,
      notAfter: facts.notAfter ?? capturedAt + 20_000,
    });
  }

  /** Asks again and again until there is an answer, for at most 15 seconds. */
  async until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const value = await ask();
      if (value !== undefined) return value;
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopService();
    await this.bus.close();
    await this.broker.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Methods = typeof RegistryServiceService;
type RequestOf<Name extends keyof Methods> = Parameters<Methods[Name]['requestSerialize']>[0];
type ReplyOf<Name extends keyof Methods> = ReturnType<Methods[Name]['responseDeserialize']>;
