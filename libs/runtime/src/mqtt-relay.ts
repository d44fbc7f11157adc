import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Guest, MQTT_LISTENER_FILE, mqttPassword } from '@latchkey/contracts';
import { hash } from 'bcryptjs';
import { mqttListenerText } from './broker-users.pure.js';
import { readGuests, writeBrokerUsers, writeGuest } from './bus-identity.js';
import { replaceFile } from './key-files.js';
import { createOnce } from './make-keys.js';

/** Where a broker listens for MQTT by TLS unless told otherwise: the port that IANA gave it. */
const MQTT_LISTEN = '0.0.0.0:8883';
/** nats-server knows bcrypt alone. A password of 256 random bits needs no slow digest. */
const BCRYPT_COST = 4;

type Relay = Extract<Guest, { kind: 'relay' }>;

/** The relays that speak MQTT. */
export const mqttRelays = async (dir: string): Promise<Relay[]> =>
  (await readGuests(dir)).filter(
    (guest): guest is Relay => guest.kind === 'relay' && guest.mqtt !== undefined,
  );

/**
 * Lets a door's relay speak MQTT, with a password that is made where it has none.
 * @param listen host:port on which the broker listens for MQTT; as before, or 0.0.0.0:8883, where left out
 * @returns the name of the file with the password, or undefined where it had one
 */
export async function addMqttRelay(
  dir: string,
  relay: { readonly name: string; readonly door: string },
  listen?: string,
): Promise<string | undefined> {
  const path = join(dir, MQTT_LISTENER_FILE);
  if (listen === undefined) await createOnce(path, mqttListenerText(MQTT_LISTEN));
  else await replaceFile(path, mqttListenerText(listen));
  const known = (await mqttRelays(dir)).find(({ name }) => name === relay.name);
  if (known === undefined) return await newMqttPassword(dir, { ...relay, kind: 'relay' });
  await writeBrokerUsers(dir);
  return undefined;
}

/** Gives a relay a new password by MQTT; the broker takes the old one no more. @returns the name of the file with it */
export async function newMqttPassword(dir: string, relay: Relay): Promise<string> {
  const password = randomBytes(32).toString('base64url');
  const file = `${mqttPassword(relay.name)}.password`;
  await replaceFile(join(dir, file), `${password}\n`);
  await writeGuest(dir, { ...relay, mqtt: await hash(password, BCRYPT_COST) });
  await writeBrokerUsers(dir);
  return file;
}
