import { join } from 'node:path';
import {
  ADMIN_IDENTITY,
  BROKER_USERS_FILE,
  type BusRights,
  type Guest,
  GUESTS_FILE,
  guestList,
  identityFile,
  MQTT_LISTENER_FILE,
  integratorRights,
  type PartName,
  parts,
  relayRights,
  rightsOf,
} from '@latchkey/contracts';
import { type BrokerUser, brokerUsersText } from './broker-users.pure.js';
import { Failure } from './failure.js';
import { linesOf } from './key-file.js';
import { readIfThere, replaceFile } from './key-files.js';

/**
 * Writes how to connect to the broker, who may, and what they may do, from the public keys in the folder and the contracts:
 * `broker-users.conf`, for the broker's configuration.
 * @throws Failure LK-KEY-001 where a public key is missing
 */
export async function writeBrokerUsers(dir: string): Promise<void> {
  const names = Object.keys(parts) as PartName[];
  // While a key is rotated, its predecessor may do the same.
  const userOf = async (name: string, rights?: BusRights, apart = false): Promise<BrokerUser[]> =>
    (await publicKeysIn(dir, name)).map((publicKey) => ({
      name,
      publicKey,
      apart,
      ...(rights ? { rights } : {}),
    }));
  const users = await Promise.all([
    ...names.map((name) => userOf(name, rightsOf(parts[name]))),
    ...(await readGuests(dir)).map(async (guest) => {
      const rights = rightsOfGuest(guest);
      const passwordDigest = guest.kind === 'relay' ? guest.mqtt : undefined;
      if (passwordDigest === undefined) {
        return await userOf(guest.name, rights, guest.kind === 'integrator');
      }
      return [{ name: guest.name, passwordDigest, rights }];
    }),
    userOf(ADMIN_IDENTITY),
  ]);
  const listener = await readIfThere(join(dir, MQTT_LISTENER_FILE));
  await replaceFile(join(dir, BROKER_USERS_FILE), brokerUsersText(users.flat(), listener));
}

/** The relays and integrators of a campus. @throws Failure LK-KEY-002 where the file is none of ours */
export async function readGuests(dir: string): Promise<Guest[]> {
  const path = join(dir, GUESTS_FILE);
  const text = await readIfThere(path);
  if (text === undefined) return [];
  try {
    return guestList.parse(JSON.parse(text));
  } catch (cause) {
    throw Failure.terminal('LK-KEY-002', `${path} is no list of relays and integrators.`, {
      cause,
    });
  }
}

/** Notes a relay or an integrator in the place of one of the same name. */
export async function writeGuest(dir: string, guest: Guest): Promise<void> {
  const others = (await readGuests(dir)).filter(({ name }) => name !== guest.name);
  const text = JSON.stringify([...others, guest], null, 2);
  await replaceFile(join(dir, GUESTS_FILE), `${text}\n`);
}

const rightsOfGuest = (guest: Guest) =>
  guest.kind === 'relay' ? relayRights(guest.door) : integratorRights(guest.name, guest.given);

async function publicKeysIn(dir: string, name: string): Promise<string[]> {
  const path = join(dir, `${identityFile(name)}.pub`);
  const keys = linesOf((await readIfThere(path)) ?? '');
  if (keys.length > 0 && keys.every((key) => /^U[A-Z2-7]{55}$/.test(key))) return keys;
  throw Failure.terminal(
    'LK-KEY-001',
    `The public key ${path} cannot be read. Run \`latchkey keys init\`.`,
  );
}
