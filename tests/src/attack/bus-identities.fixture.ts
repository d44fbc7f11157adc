import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ADMIN_IDENTITY,
  type BusRights,
  type Guest,
  integratorRights,
  keyNames,
  type PartName,
  parts,
  relayRights,
  rightsOf,
} from '@latchkey/contracts';
import { type Broker, initKeys, startBroker } from '@latchkey/devstack';
import { accessAs, type Bus, campusTopology, ensureTopology } from '@latchkey/runtime';
import { writeBrokerUsers, writeGuest } from '@latchkey/runtime/identities';
import { makeKeys } from '@latchkey/runtime/keys';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { connectAsAdmin } from '../as-admin.fixture.js';

export const RELAY: Guest = { kind: 'relay', name: 'relay-library-north', door: 'library-north' };
export const INTEGRATOR: Guest = {
  kind: 'integrator',
  name: 'acme',
  given: [{ stream: 'ACCESS', door: 'library-north', kind: 'granted' }],
};

/** A real broker that tells identities apart, all streams on it, and a way to connect as anyone. */
export class GuardedBus implements AsyncDisposable {
  readonly broker: Broker;
  readonly keysDir: string;
  /** Who may do everything: to look, and to set the scene. */
  readonly admin: Bus;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    facts: { broker: Broker; keysDir: string; admin: Bus },
    opened: AsyncDisposableStack,
  ) {
    this.broker = facts.broker;
    this.keysDir = facts.keysDir;
    this.admin = facts.admin;
    this.#opened = opened;
  }

  static async open(guests: readonly Guest[] = [RELAY, INTEGRATOR]): Promise<GuardedBus> {
    await using opened = new AsyncDisposableStack();
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-guarded-'));
    opened.defer(() => rm(dataDir, { recursive: true, force: true }));
    const keysDir = join(dataDir, 'keys');
    await initKeys(keysDir);
    await addGuests(keysDir, guests);
    const broker = opened.use(await startBroker({ dataDir, keysDir }));
    const admin = opened.adopt(await connectAsAdmin(broker.url, keysDir), (bus) => bus.close());
    await ensureTopology(admin, campusTopology);
    return new GuardedBus({ broker, keysDir, admin }, opened.move());
  }

  /** A bare connection with that identity, as who stole its key would make it. */
  async as(identity: string): Promise<NatsConnection> {
    const connection = await connectAs(identity, this.broker.url, this.keysDir);
    this.#opened.defer(() => connection.close());
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }
}

/** Gives a relay and an integrator an identity, or others. */
export async function addGuests(
  keysDir: string,
  guests: readonly Guest[] = [RELAY, INTEGRATOR],
): Promise<void> {
  for (const guest of guests) {
    await makeKeys(keysDir, { curves: [], secrets: [], signers: [], identities: [guest.name] });
    await writeGuest(keysDir, guest);
  }
  await writeBrokerUsers(keysDir);
}

/** How the broker's log names whoever attacks. */
export const ATTACKER = 'attacker';

/** A bare connection with an identity, as who stole its key would make it. */
export async function connectAs(
  identity: string,
  url: string,
  keysDir: string,
): Promise<NatsConnection> {
  const access = accessAs(identity, { url, keysDir });
  if (!access.authenticator) throw new Error(`there is no key of ${identity}`);
  return await connect({ ...access, name: ATTACKER });
}

/** Every identity but the admin's, with what the contracts let it do. */
export function identities(): { name: string; rights: BusRights }[] {
  const services = keyNames.identities.filter((name) => name !== ADMIN_IDENTITY) as PartName[];
  return [
    ...services.map((name) => ({ name, rights: rightsOf(parts[name]) })),
    { name: RELAY.name, rights: relayRights('library-north') },
    ...(INTEGRATOR.kind === 'integrator'
      ? [{ name: INTEGRATOR.name, rights: integratorRights(INTEGRATOR.name, INTEGRATOR.given) }]
      : []),
  ];
}

/** Publishes on each subject, to nobody's address. @returns those that the broker refused */
export async function refusedPublishes(
  connection: NatsConnection,
  subjects: readonly string[],
): Promise<Set<string>> {
  return await violations(connection, 'publish', () => {
    for (const subject of subjects) connection.publish(subject, 'not even JSON');
  });
}

/** Subscribes to each subject. @returns those that the broker refused */
export async function refusedSubscriptions(
  connection: NatsConnection,
  subjects: readonly string[],
): Promise<Set<string>> {
  return await violations(connection, 'subscription', () => {
    for (const subject of subjects) {
      const subscription = connection.subscribe(subject, { callback: () => undefined });
      // Its end is told by the connection, too.
      subscription.closed.catch(() => undefined);
    }
  });
}

async function violations(
  connection: NatsConnection,
  operation: 'publish' | 'subscription',
  act: () => void,
): Promise<Set<string>> {
  const refused = new Set<string>();
  const statuses = connection.status()[Symbol.asyncIterator]();
  const listening = (async () => {
    for (let next = await statuses.next(); !next.done; next = await statuses.next()) {
      const { value } = next;
      if (value.type !== 'error' || !('subject' in value.error)) continue;
      const { subject, operation: refusedTo } = value.error as unknown as Record<string, string>;
      if (refusedTo === operation && subject !== undefined) refused.add(subject);
    }
  })();
  act();
  // What was refused is told before the answer to a ping that came after it.
  await connection.flush();
  await connection.flush();
  void listening;
  return refused;
}
