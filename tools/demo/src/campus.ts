import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doorId } from '@latchkey/contracts';
import { type CaughtMail, startStack } from '@latchkey/devstack';
import { type SamplePerson, enrolmentSamples } from '@latchkey/vision/samples';
import { BusListener } from './bus.listener.js';
import { GatewayClient } from './gateway.client.js';
import { KioskClient } from './kiosk.client.js';

/** What an integrator may follow. */
const FOLLOWED = ['lk.v1.access.>', 'lk.v1.alarm.>', 'lk.v1.registry.>', 'lk.v1.open.>'];

/** How many log lines are told when the start fails. */
const LAST_LINES = 30;

type Stack = Awaited<ReturnType<typeof startStack>>;

/** A registered person, as the demo and the tests deal with them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly face: SamplePerson;
}

/** A whole campus on this machine: all services with a broker and a mail server of their own, in a folder that goes with it. */
export class Campus {
  private constructor(
    readonly stack: Stack,
    readonly gateway: GatewayClient,
    readonly bus: BusListener,
    /** Where all of it is stored. */
    readonly dataDir: string,
  ) {}

  /** Boots everything, and is ready when every service is. */
  static async start(
    options: { env?: Record<string, string>; log?: (line: string) => void } = {},
  ): Promise<Campus> {
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-campus-'));
    const last: string[] = [];
    const log = (line: string): void => {
      options.log?.(line);
      if (last.push(line) > LAST_LINES) last.shift();
    };
    const stack = await startStack({ dataDir, ...options, log }).catch(async (cause: unknown) => {
      await rm(dataDir, { recursive: true, force: true });
      throw new Error(`the campus did not start; its last words:\n${last.join('\n')}`, { cause });
    });
    const { gatewayUrl, operatorToken, keysDir } = stack;
    if (!operatorToken) throw new Error('a new campus has a new operator token');
    const bus = await BusListener.connect({ url: stack.broker.url, keysDir }, FOLLOWED);
    return new Campus(stack, new GatewayClient(gatewayUrl, operatorToken), bus, dataDir);
  }

  get mail() {
    const { mail } = this.stack;
    if (!mail) throw new Error('mail goes to a real server: there is no inbox to look into');
    return mail;
  }

  /** A new door and its kiosk. */
  async door(id: string, settings: object = {}): Promise<KioskClient> {
    const token = await this.gateway.createDoor(doorId.parse(id), {
      name: `Door ${id}`,
      ...settings,
    });
    return KioskClient.connect(this.stack.kioskUrl, id, token);
  }

  /** Registers a person with five samples of a face. */
  async register(member: Member & { guard?: boolean; language?: string }): Promise<void> {
    const { face, ...facts } = member;
    await this.gateway.register(facts, await enrolmentSamples(face));
  }

  /** The mail number `nth` (from 1) with a code to this address, there already or to come. */
  async codeMail(email: string, nth = 1): Promise<CaughtMail> {
    const carriesCode = (mail: CaughtMail) =>
      mail.to.includes(email) && mail.attachments.some((a) => a.contentType === 'image/png');
    await this.mail.waitFor(() => this.mail.mails().filter(carriesCode).length >= nth, 60_000);
    const found = this.mail.mails().filter(carriesCode)[nth - 1];
    if (!found) throw new Error('unreachable: it was waited for');
    return found;
  }

  /** What the broker refused anyone since its last start, in its own words: nothing, where all keep to their part. */
  async #refusedOnTheBus(): Promise<string[]> {
    const log = await readFile(join(this.dataDir, 'broker', 'nats.log'), 'utf8');
    return log.split('\n').filter((line) => / Violation /.test(line));
  }

  /** @throws Error where the broker refused one of us something: a service that does what its part does not say */
  async close(): Promise<void> {
    await this.bus[Symbol.asyncDispose]();
    await this.stack.close();
    const refused = await this.#refusedOnTheBus();
    await rm(this.dataDir, { recursive: true, force: true });
    if (refused.length > 0) throw new Error(`the broker refused:\n${refused.join('\n')}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
