import {
  type BusRights,
  consumers,
  keptBy,
  mayPublish,
  maySubscribe,
  type Store,
  stores,
  subjectIn,
} from '@latchkey/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { vi } from 'vitest';
import type { GuardedBus } from './bus-identities.fixture.js';

interface Ask {
  readonly subject: string;
  readonly payload: string;
}

const API = '$JS.API';

/** Every way to have a kept message sent: single ones, by consumers that push, by such that are asked, by those of the services. */
function asksFor(who: string, { name }: Store, subject: string, to: string): Ask[] {
  const last = JSON.stringify({ last_by_subj: subject });
  const makes = (consumer: string, config: object): Ask[] =>
    [
      { call: name, as: `${consumer}-1`, more: {} },
      { call: `${name}.${consumer}-2`, as: `${consumer}-2`, more: {} },
      {
        call: `${name}.${consumer}-3.${subject}`,
        as: `${consumer}-3`,
        more: { filter_subject: subject },
      },
    ].map(({ call, as, more }) => ({
      subject: `${API}.CONSUMER.CREATE.${call}`,
      payload: JSON.stringify({
        stream_name: name,
        config: { name: as, deliver_policy: 'all', ack_policy: 'none', ...config, ...more },
      }),
    }));
  const pulled = Object.values(consumers)
    .filter(({ stream }) => stream === name)
    .map(({ durable }) => durable)
    .concat([1, 2, 3].map((nth) => `${who}-pulled-${nth}`));
  return [
    { subject: `${API}.DIRECT.GET.${name}`, payload: last },
    { subject: `${API}.DIRECT.GET.${name}.${subject}`, payload: '' },
    { subject: `${API}.STREAM.MSG.GET.${name}`, payload: last },
    ...makes(`${who}-pushed`, { deliver_subject: to }),
    ...makes(`${who}-pulled`, {}),
    ...pulled.flatMap((consumer) => [
      {
        subject: `${API}.CONSUMER.MSG.NEXT.${name}.${consumer}`,
        payload: JSON.stringify({ batch: 9, no_wait: true }),
      },
      { subject: `$JS.ACK.${name}.${consumer}.1.1.1.1.0`, payload: '+NXT' },
    ]),
  ];
}

/** An address where nobody may publish, and what of an attacker's own arrives there all the same. */
export class ForgedAddress {
  static readonly #subject = 'lk.v1.open.library-north';
  readonly #arrived = new Set<string>();

  private constructor(private readonly admin: NatsConnection) {}

  static async listen(bus: GuardedBus): Promise<ForgedAddress> {
    const { nc } = bus.admin;
    const address = new ForgedAddress(nc);
    nc.subscribe(ForgedAddress.#subject, {
      callback: (_, message) => address.#heard(message.string()),
    });
    await nc.flush();
    return address;
  }

  #heard(text: string): void {
    // The one call that answers in JSON tells of a message in base64.
    const wrapped = /"data":"([^"]+)"/.exec(text)?.[1] ?? '';
    for (const said of [text, Buffer.from(wrapped, 'base64').toString()]) {
      const mark = /^mark (\S+)$/.exec(said)?.[1];
      if (mark !== undefined) this.#arrived.add(mark);
    }
  }

  /** The stores by which somebody's own words were sent there, by every way there is. */
  async reachedByStores(who: string, rights: BusRights, as: NatsConnection): Promise<string[]> {
    const used = stores.filter((store) => keptBy(rights, store).length > 0);
    for (const store of used) {
      for (const subject of keptBy(rights, store, 'forged')) {
        const mark = `${who}/${store.name}`;
        await as.request(subject, `mark ${mark}`);
        this.#ask(as, asksFor(who, store, subject, ForgedAddress.#subject));
      }
    }
    await as.flush();
    // Whatever the broker does for the attacker, it does before it has done the same for who may do everything.
    for (const { name, subjects } of used) await this.#reachedBySomebodyElse(who, name, subjects);
    return used.map(({ name }) => name).filter((name) => this.#arrived.has(`${who}/${name}`));
  }

  #ask(as: NatsConnection, asks: readonly Ask[]): void {
    for (const { subject, payload } of asks) {
      as.publish(subject, payload, { reply: ForgedAddress.#subject });
    }
  }

  async #reachedBySomebodyElse(who: string, name: string, subjects: readonly string[]) {
    const subject = subjectIn(subjects[0] ?? '', `after-${who}`);
    const ways = { direct: `${API}.DIRECT.GET.${name}`, call: `${API}.STREAM.MSG.GET.${name}` };
    for (const [way, call] of Object.entries(ways)) {
      const mark = `after/${who}/${name}/${way}`;
      await this.admin.request(subject, `mark ${mark}`);
      this.#ask(this.admin, [
        { subject: call, payload: JSON.stringify({ last_by_subj: subject }) },
      ]);
      await vi.waitUntil(() => this.#arrived.has(mark), 20_000);
    }
  }

  /** Where somebody hears what they may say themselves, the answer to it goes wherever they like. */
  async reachedByAnswers(who: string, rights: BusRights, as: NatsConnection): Promise<string[]> {
    const subjects = [...rights.subscribe.allow, ...rights.publish.allow].map((one) =>
      subjectIn(one, 'forged'),
    );
    const both = [...new Set(subjects)].filter(
      (subject) => mayPublish(rights, subject) && maySubscribe(rights, subject),
    );
    for (const subject of both) {
      const heard = as.subscribe(subject, { max: 1 });
      as.publish(subject, 'a question to oneself', { reply: ForgedAddress.#subject });
      for await (const message of heard) message.respond(`mark ${who}/${subject}`);
    }
    await as.flush();
    await this.admin.flush();
    return both.filter((subject) => this.#arrived.has(`${who}/${subject}`));
  }
}
