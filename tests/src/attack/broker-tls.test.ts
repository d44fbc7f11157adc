// Real here: the broker with the configuration that `latchkey keys` writes, its certificate, and clients of ours.
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { AUTHORITY_FILE, BROKER_CERTIFICATE_FILES } from '@latchkey/contracts';
import { initKeys } from '@latchkey/devstack';
import { connectBus, createLogger } from '@latchkey/runtime';
import { retireKey, rotateKey } from '@latchkey/runtime/rotation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GuardedBus } from './bus-identities.fixture.js';

const log = createLogger({ service: 'test', instance: 'test', level: 'silent' });
const opened = new AsyncDisposableStack();
let bus: GuardedBus;
let strangersDir: string;

beforeAll(async () => {
  bus = opened.use(await GuardedBus.open());
  const home = await mkdtemp(join(tmpdir(), 'latchkey-strangers-'));
  opened.defer(() => rm(home, { recursive: true, force: true }));
  strangersDir = join(home, 'keys');
  await initKeys(strangersDir);
});
afterAll(() => opened.disposeAsync());

const brokerPort = (): number => Number(new URL(bus.broker.url).port);

/** A service that looks for its broker there, with the campus's keys unless others are named. */
const joins = (port: number, { keysDir = bus.keysDir, name = 'notify', waitMs = 1_000 } = {}) =>
  connectBus({ url: `tls://localhost:${port}`, name, keysDir, log, waitMs });

/** Listens on a port of this machine until the tests end, and keeps what comes. */
async function listener(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    opened.defer(() => void socket.destroy());
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  opened.defer(() => void server.close());
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Somebody who answers in the broker's place: in clear, or with a certificate. */
async function poser(pair?: { key: string; certificate: string }) {
  const told: string[] = [];
  const facts = { server_id: 'x', version: '2.15.1', proto: 1, headers: true, nonce: 'abcdef' };
  const info = { ...facts, max_payload: 1_048_576, tls_required: pair !== undefined };
  const [key, cert] = pair
    ? await Promise.all([readFile(pair.key), readFile(pair.certificate)])
    : [];
  const port = await listener((socket) => {
    socket.write(`INFO ${JSON.stringify(info)}\r\n`);
    const line = key && cert ? new TLSSocket(socket, { isServer: true, key, cert }) : socket;
    line.on('error', () => undefined);
    line.on('data', (chunk: Buffer) => told.push(chunk.toString()));
  });
  return { port, told };
}

it('hears nobody who speaks in clear, whoever he says he is', async () => {
  const socket = connect(brokerPort(), '127.0.0.1');
  const said: string[] = [];
  socket.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'data');
  socket.write('CONNECT {"verbose":true,"tls_required":false}\r\nPING\r\n');
  await once(socket, 'close');
  expect(said.join('')).toMatch(/^INFO .*"tls_required":true/);
  expect(said.join('')).not.toMatch(/PONG|\+OK/);
});

it('nothing is told to somebody who answers in clear in its place', async () => {
  const { port, told } = await poser();
  await expect(joins(port)).rejects.toMatchObject({ code: 'LK-BUS-009' });
  expect(told).toEqual([]);
});

it.each([
  ['a certificate of the same name by another authority', () => strangersDir, 'broker'],
  ['the certificate of one of our services', () => bus.keysDir, 'grpc-notify'],
])('nothing is told to somebody who shows %s', async (_, dir, name) => {
  const base = join(dir(), name);
  const { port, told } = await poser({ key: `${base}.key.pem`, certificate: `${base}.cert.pem` });
  await expect(joins(port)).rejects.toMatchObject({ code: 'LK-BUS-009' });
  expect(told).toEqual([]);
});

it('who listens on the line reads nothing of what is said', async () => {
  const heard: Buffer[] = [];
  const port = await listener((socket) => {
    const line = connect(brokerPort(), '127.0.0.1');
    line.on('error', () => undefined);
    for (const end of [socket, line]) end.on('data', (chunk) => heard.push(chunk));
    socket.pipe(line).pipe(socket);
  });
  const gateway = await joins(port, { name: 'gateway' });
  gateway.nc.publish('lk.v1.health', 'a secret of the bus');
  await gateway.close();
  const wire = Buffer.concat(heard).toString('latin1');
  // What is said before TLS can be read: the search sees what passes by.
  expect(wire).toContain('"tls_required":true');
  expect(wire).not.toMatch(/a secret|lk\.v1|CONNECT|nkey/);
});

it('a connection comes back under a new certificate of a new authority, and the old one is worth nothing', async () => {
  const former = join(strangersDir, '..', 'former');
  await mkdir(former);
  const { key, certificate } = BROKER_CERTIFICATE_FILES;
  for (const file of [AUTHORITY_FILE, 'bus-notify.seed', key, certificate]) {
    await copyFile(join(bus.keysDir, file), join(former, file));
  }
  const stays = await joins(brokerPort(), { name: 'qr' });
  const callers = ['registry', 'auth', 'gateway', 'notify'].map((name) => `grpc-${name}`);
  for (const name of ['grpc-ca', ...callers, 'broker']) await rotateKey(bus.keysDir, name);
  const nowMs = Date.now() + 24 * 3600 * 1_000;
  expect(await retireKey(bus.keysDir, 'grpc-ca', { needs: [], nowMs })).toContain(AUTHORITY_FILE);
  await bus.broker.reload();
  const back = new Promise<void>((resolve) => stays.onReconnect(resolve));
  await bus.broker.restart();
  await back;
  await stays.nc.flush();
  await expect(joins(brokerPort(), { keysDir: former })).rejects.toMatchObject({
    code: 'LK-BUS-009',
  });
  const stolen = { key: join(former, key), certificate: join(former, certificate) };
  const { port, told } = await poser(stolen);
  await expect(joins(port)).rejects.toMatchObject({ code: 'LK-BUS-009' });
  expect(told).toEqual([]);
  await stays.close();
});
