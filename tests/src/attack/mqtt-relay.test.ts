// Real here: the broker with the configuration that `latchkey keys` writes, its own MQTT, and a client of another maker.
import { spawn } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accessGranted, AUTHORITY_FILE, createEvent, openingText } from '@latchkey/contracts';
import { freePort } from '@latchkey/devstack';
import { loadSigner } from '@latchkey/runtime';
import { addMqttRelay } from '@latchkey/runtime/mqtt';
import { rotateKey } from '@latchkey/runtime/rotation';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GuardedBus } from './bus-identities.fixture.js';

const DOOR = 'yard';
const OTHER_DOOR = 'garage';
const TOPIC = `lk/v1/open/${DOOR}`;
const opened = new AsyncDisposableStack();
let bus: GuardedBus;
let port: number;

beforeAll(async () => {
  bus = opened.use(await GuardedBus.open());
  port = await freePort();
  for (const door of [DOOR, OTHER_DOOR]) {
    await addMqttRelay(bus.keysDir, { name: `relay-${door}`, door }, `127.0.0.1:${port}`);
  }
  const back = new Promise<void>((resolve) => bus.admin.onReconnect(resolve));
  await bus.broker.reload();
  await back;
});
afterAll(() => opened.disposeAsync());

const passwordOf = async (door: string): Promise<string> =>
  (await readFile(join(bus.keysDir, `mqtt-relay-${door}.password`), 'utf8')).trim();

/** The relay of a door, as the page for relays says; refused: it throws. */
async function relay(door = DOOR, facts: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(
    `mqtts://localhost:${port}`,
    {
      ca: await readFile(join(bus.keysDir, AUTHORITY_FILE)),
      username: `relay-${door}`,
      password: await passwordOf(door),
      clientId: '',
      protocolVersion: 4,
      reconnectPeriod: 0,
      ...facts,
    },
    false,
  );
  opened.defer(() => client.endAsync(true));
  client.on('error', () => undefined);
  return client;
}

/** What auth tells, as it is stored; the broker tells the relays. */
async function grant(door: string, forged: Forgery = {}): Promise<string> {
  const { told = door, expiresAt = Date.now() + 60_000, id = crypto.randomUUID() } = forged;
  const facts = { door: told, id, expiresAt };
  const signer = await loadSigner(bus.keysDir, 'auth');
  const signature = signer.sign(openingText({ ...facts, ...forged.signed }));
  const data = { ...accessGranted.example, ...facts, signature };
  const event = { id, source: 'auth', timeMs: Date.now(), correlationId: id, data };
  const text = JSON.stringify(createEvent(accessGranted, event));
  expect(text.length).toBeLessThan(2_048); // as the page says
  await bus.admin.js.publish(`lk.v1.access.${door}.granted`, text);
  return id;
}

interface Forgery {
  /** The door that it names, where that is not the one where it is told. */
  told?: string;
  expiresAt?: number;
  id?: string;
  /** What was signed in the place of what is told. */
  signed?: { door?: string; id?: string; expiresAt?: number };
}

/** The payloads that a client hears, in order. */
function hearing(client: MqttClient) {
  const heard: { topic: string; text: string; retain: boolean }[] = [];
  let tell = (): void => undefined;
  client.on('message', (topic, payload, { retain }) => {
    heard.push({ topic, text: payload.toString(), retain });
    tell();
  });
  const next = (count: number) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('nothing was heard')), 20_000);
      tell = () => {
        if (heard.length < count) return;
        clearTimeout(timer);
        resolve();
      };
      tell();
    });
  return { heard, next };
}

/** Whether the broker has a connection of that MQTT client, by its own monitoring. */
async function isConnected(clientId: string): Promise<boolean> {
  const answer = await fetch(`${bus.broker.monitorUrl}/connz?mqtt_client=${clientId}`);
  const { connections } = (await answer.json()) as { connections: unknown[] };
  return connections.length > 0;
}

/** How many connections hear the door's openings. */
async function listeners(): Promise<number> {
  const answer = await fetch(`${bus.broker.monitorUrl}/connz?subs=1`);
  const { connections } = (await answer.json()) as {
    connections: { subscriptions_list?: string[] }[];
  };
  const subject = `lk.v1.open.${DOOR}`;
  return connections.filter(({ subscriptions_list: all = [] }) => all.includes(subject)).length;
}

/** Whether somebody who may hear everything hears something there before a mark that comes after `act`. */
async function passesBy(subject: string, act: () => Promise<unknown>): Promise<boolean> {
  const heard: string[] = [];
  const { nc } = bus.admin;
  const listening = nc.subscribe('>', { callback: (_, m) => void heard.push(m.subject) });
  await nc.flush();
  await act();
  await nc.flush();
  listening.unsubscribe();
  return heard.includes(subject);
}

it('a relay hears its door’s opening, can check it with what it holds, and hears no other door’s', async () => {
  const client = await relay();
  const { heard, next } = hearing(client);
  const [granted] = await client.subscribeAsync(TOPIC, { qos: 0 });
  expect(granted?.qos).toBe(0);
  await grant(OTHER_DOOR);
  const id = await grant(DOOR);
  await next(1);
  expect(heard.map(({ topic }) => topic)).toEqual([TOPIC]);
  const event = JSON.parse(heard[0]?.text ?? '');
  const text = ['latchkey open 1', DOOR, event.id, String(event.data.expiresAt)].join('\n');
  const key = createPublicKey(await readFile(join(bus.keysDir, 'sign-auth.pub.pem')));
  const signature = Buffer.from(event.data.signature, 'base64url');
  expect(event.id).toBe(id);
  expect(verify(null, Buffer.from(text), key, signature)).toBe(true);
});

it('the relay of the page opens for a genuine opening once, and for no other', async () => {
  const page = await readFile(new URL('../../../docs/RELAYS.md', import.meta.url), 'utf8');
  const code = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
  const before = await listeners();
  const env = { DOOR, BROKER: `mqtts://localhost:${port}`, LK_KEYS_DIR: bus.keysDir };
  const cwd = new URL('../..', import.meta.url); // where `mqtt` is found
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd, env });
  opened.defer(() => void child.kill());
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(listeners, { timeout: 30_000 }).toBe(before + 1);
  const now = Date.now();
  await grant(DOOR, { signed: { expiresAt: now } });
  await grant(DOOR, { signed: { id: 'another' } });
  await grant(DOOR, { expiresAt: now - 1 });
  await grant(DOOR, { told: OTHER_DOOR });
  bus.admin.nc.publish(`lk.v1.open.${DOOR}`, 'no event');
  const id = await grant(DOOR);
  await grant(DOOR, { id });
  // What was told before it was heard before it.
  const last = await grant(DOOR);
  await expect.poll(() => said, { timeout: 20_000 }).toContain(last);
  expect(said.trim().split('\n')).toEqual([`open ${id}`, `open ${last}`]);
});

it.each([
  [`lk/v1/open/${OTHER_DOOR}`],
  [`lk.v1.open.${OTHER_DOOR}`],
  ['lk/v1/open/+'],
  ['lk/v1/open/#'],
  [`${TOPIC}/#`],
  [`+/v1/open/${DOOR}`],
  ['#'],
  ['lk/v1/frame/+/+'],
  ['$JS/API/#'],
  ['$MQTT/#'],
  ['$KV/doors/#'],
])('a relay is refused %s', async (topic) => {
  const client = await relay();
  await expect(client.subscribeAsync(topic, { qos: 0 })).rejects.toThrow(/Unspecified error|128/i);
});

it.each([
  ['an opening of its door', TOPIC],
  ['an opening of another door', `lk/v1/open/${OTHER_DOOR}`],
  ['a grant', `lk/v1/access/${DOOR}/granted`],
  ['a question to the broker', '$JS/API/STREAM/INFO/ACCESS'],
])('a relay that publishes %s is heard by nobody', async (_, topic) => {
  const client = await relay();
  const { heard } = hearing(client);
  await client.subscribeAsync(TOPIC, { qos: 0 });
  const subject = topic.replaceAll('/', '.');
  const passed = await passesBy(subject, async () => {
    const gone = new Promise<void>((resolve) => client.once('close', resolve));
    await client.publishAsync(topic, 'open', { qos: 0 });
    // It is told nothing, or sent away: either way the broker has read it by now.
    await Promise.race([gone, client.subscribeAsync(TOPIC, { qos: 0 }).catch(() => undefined)]);
  });
  expect(passed).toBe(false);
  expect(heard).toEqual([]);
});

it('nothing that a relay retains is told to who comes later', async () => {
  const first = await relay();
  const gone = new Promise<void>((resolve) => first.once('close', resolve));
  await first.publishAsync(TOPIC, 'open', { qos: 0, retain: true });
  await Promise.race([gone, first.subscribeAsync(TOPIC, { qos: 0 }).catch(() => undefined)]);
  const later = await relay();
  const { heard, next } = hearing(later);
  await later.subscribeAsync(TOPIC, { qos: 0 });
  const id = await grant(DOOR);
  await next(1);
  expect(heard.map(({ text, retain }) => [JSON.parse(text).id, retain])).toEqual([[id, false]]);
});

it('the last will of a relay is heard by nobody', async () => {
  const will = { topic: TOPIC, payload: Buffer.from('open'), qos: 0, retain: true } as const;
  const clientId = 'dying';
  const dying = await relay(DOOR, { will, clientId });
  const living = await relay();
  const { heard, next } = hearing(living);
  await living.subscribeAsync(TOPIC, { qos: 0 });
  expect(await isConnected(clientId)).toBe(true);
  dying.stream.destroy();
  await expect.poll(() => isConnected(clientId), { timeout: 20_000 }).toBe(false);
  const id = await grant(DOOR);
  await next(1);
  expect(heard.map(({ text }) => JSON.parse(text).id)).toEqual([id]);
});

it('who takes another relay’s session over by its id hears nothing that was meant for that one', async () => {
  const session = { clientId: 'the-yards-own', clean: false };
  const first = await relay(DOOR, session);
  await first.subscribeAsync(TOPIC, { qos: 0 });
  const gone = new Promise<void>((resolve) => first.once('close', resolve));
  const thief = await relay(OTHER_DOOR, session);
  await gone;
  const { heard, next } = hearing(thief);
  await thief.subscribeAsync(`lk/v1/open/${OTHER_DOOR}`, { qos: 0 });
  await grant(DOOR);
  await grant(OTHER_DOOR);
  await next(1);
  expect(heard.map(({ topic }) => topic)).toEqual([`lk/v1/open/${OTHER_DOOR}`]);
});

it.each([
  ['without a password', { password: '' }],
  ['with another relay’s password', { username: `relay-${OTHER_DOOR}` }],
  ['as a service', { username: 'auth' }],
  ['without a name', { username: '', password: '' }],
])('nobody is heard %s', async (_, facts) => {
  await expect(relay(DOOR, facts)).rejects.toThrow(/Connection refused/);
});

it('nobody is heard in clear, and no relay speaks to who is not the broker', async () => {
  const inClear = { protocol: 'mqtt', connectTimeout: 3_000 } as const;
  await expect(relay(DOOR, inClear)).rejects.toThrow(/connect/);
  await expect(relay(DOOR, { ca: '' })).rejects.toThrow(/certificate/);
});

it('an MQTT password is good for MQTT alone', async () => {
  const { connect } = await import('@nats-io/transport-node');
  const tls = { caFile: join(bus.keysDir, AUTHORITY_FILE) };
  const user = { user: `relay-${DOOR}`, pass: await passwordOf(DOOR) };
  const servers = bus.broker.url.replace('127.0.0.1', 'localhost');
  await expect(connect({ servers, tls, ...user, reconnect: false })).rejects.toThrow(/auth/i);
});

it('a password that was rotated is worth nothing, and the new one is good without a restart', async () => {
  const password = await passwordOf(DOOR);
  await rotateKey(bus.keysDir, `mqtt-relay-${DOOR}`);
  await bus.broker.reload();
  await expect.poll(() => relay().then(() => 'heard', String), { timeout: 20_000 }).toBe('heard');
  await expect(relay(DOOR, { password })).rejects.toThrow(/Connection refused/);
});
