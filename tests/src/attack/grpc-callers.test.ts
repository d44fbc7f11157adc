import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChannelCredentials, Client, credentials } from '@grpc/grpc-js';
import { BROKER_CERTIFICATE_FILES } from '@latchkey/contracts';
import {
  registryCallerNames,
  registryCallers,
  RegistryServiceService as methods,
} from '@latchkey/contracts/grpc';
import {
  callUnary,
  connectGrpc,
  createLogger,
  type GrpcConnection,
  loadGrpcIdentity,
  serveGrpc,
  toFailure,
} from '@latchkey/runtime';
import { makeKeys } from '@latchkey/runtime/keys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from '../registry/registry.fixture.js';

// Real here: the registry with its store and broker, gRPC over TLS, certificates as `latchkey keys init` makes them.
type Name = keyof typeof methods;
const names = Object.keys(methods) as Name[];
/** Certificates of the campus that call nothing by gRPC. */
const strangers = ['registry', 'capture', 'face', 'qr', 'Gateway', 'gateway.evil', 'admin'];
const opened = new AsyncDisposableStack();
let office: Office;
let instance: Instance;

beforeAll(async () => {
  office = opened.use(await Office.open());
  await makeKeys(office.keysDir, { certificates: strangers });
  instance = await office.start();
  opened.defer(() => instance.close());
});
afterAll(() => opened.disposeAsync());

function connectAs(caller: string, dir = office.keysDir, callee = 'registry'): GrpcConnection {
  const identity = loadGrpcIdentity(dir, caller);
  const connection = connectGrpc({ address: instance.address, identity, callee });
  opened.defer(() => connection.close());
  return connection;
}

/** What a call comes to: the code of its failure, or `answered`. An empty request is enough to see who may ask. */
async function outcomeOf(connection: GrpcConnection, name: Name): Promise<string> {
  const method = methods[name] as (typeof methods)['getPerson'];
  const request = method.requestDeserialize(Buffer.alloc(0));
  try {
    await callUnary(connection, method, request, { deadlineMs: 20_000, correlationId: 'test' });
    return 'answered';
  } catch (error) {
    return toFailure(error).code;
  }
}

describe.each([...registryCallerNames, ...strangers])(
  'a service with the certificate of %s',
  (who) => {
    it('may call what is its own, and is refused all else', async () => {
      const connection = connectAs(who);
      const outcomes = new Map<Name, string>();
      for (const name of names) outcomes.set(name, await outcomeOf(connection, name));
      const heard = names.filter((name) => outcomes.get(name) !== 'LK-KEY-004');
      const own = names.filter((name) =>
        (registryCallers[name] as readonly string[]).includes(who),
      );
      expect(heard).toEqual(own);
      // Heard by the registry itself: no failure of the way there.
      expect([...outcomes.values()].join()).not.toMatch(/LK-BUS-003|LK-KEY-005|LK-INT-001/);
    });
  },
);

it('opens doors by one method alone, which auth alone may call', () => {
  expect(registryCallers.useCode).toEqual(['auth']);
  const ofAuth = names.filter((name) =>
    (registryCallers[name] as readonly string[]).includes('auth'),
  );
  expect(ofAuth.toSorted()).toEqual(['getContact', 'reissueCode', 'useCode']);
  const ofNotify = names.filter((name) =>
    (registryCallers[name] as readonly string[]).includes('notify'),
  );
  expect(ofNotify.toSorted()).toEqual(['getContact', 'listRecipients']);
});

/** A connection that is made otherwise than production makes it. */
function connectionBy(channel: ChannelCredentials): GrpcConnection {
  const options = { 'grpc.ssl_target_name_override': 'registry' };
  const client = new Client(instance.address, channel, options);
  const connection = { client: () => client, close: () => client.close() };
  opened.defer(() => connection.close());
  return connection;
}

/** By TLS 1.3 a caller learns of its refusal by an alert, where that comes before the connection's end. */
const NOT_HEARD = ['LK-BUS-003', 'LK-KEY-005'];

it('hears nobody who speaks in clear', async () => {
  const channel = credentials.createInsecure();
  expect(NOT_HEARD).toContain(await outcomeOf(connectionBy(channel), 'listDoors'));
});

it('hears nobody without a certificate', async () => {
  const { authorities } = loadGrpcIdentity(office.keysDir, 'gateway').current();
  const channel = credentials.createSsl(authorities);
  expect(NOT_HEARD).toContain(await outcomeOf(connectionBy(channel), 'listDoors'));
});

it("hears nobody whose certificate another authority has signed, though it bears a service's name", async () => {
  const foreign = join(office.folder, 'foreign-keys');
  await makeKeys(foreign, { certificates: ['gateway'] });
  const { authorities } = loadGrpcIdentity(office.keysDir, 'gateway').current();
  const { certificate, privateKey } = loadGrpcIdentity(foreign, 'gateway').current();
  const channel = credentials.createSsl(authorities, privateKey, certificate);
  expect(NOT_HEARD).toContain(await outcomeOf(connectionBy(channel), 'listDoors'));
});

it("hears nobody with the broker's certificate, which the same authority has signed", async () => {
  const { key, certificate } = BROKER_CERTIFICATE_FILES;
  const [privateKey, shown] = await Promise.all(
    [key, certificate].map((file) => readFile(join(office.keysDir, file))),
  );
  const { authorities } = loadGrpcIdentity(office.keysDir, 'gateway').current();
  const channel = credentials.createSsl(authorities, privateKey, shown);
  expect(NOT_HEARD).toContain(await outcomeOf(connectionBy(channel), 'listDoors'));
});

it("is told nothing by a service that poses as the registry with another's certificate", async () => {
  const log = createLogger({ service: 'impostor', instance: 'impostor', level: 'silent' });
  const heard: string[] = [];
  const { useCode } = methods;
  const impostor = await serveGrpc({
    address: '127.0.0.1:0',
    identity: loadGrpcIdentity(office.keysDir, 'notify'),
    service: { useCode },
    callers: { useCode: ['auth'] },
    handlers: {
      useCode: ({ sealed }) => {
        heard.push(sealed);
        return {
          outcome: 'granted',
          person: '',
          wrongCount: 0,
          remaining: 0,
          lockedUntil: 0,
          notBefore: 0,
          used: true,
          duress: false,
        };
      },
    },
    log,
  });
  opened.defer(() => impostor.close());
  const identity = loadGrpcIdentity(office.keysDir, 'auth');
  const address = `127.0.0.1:${impostor.port}`;
  const auth = connectGrpc({ address, identity, callee: 'registry' });
  opened.defer(() => auth.close());
  expect(await outcomeOf(auth, 'useCode')).toBe('LK-KEY-005');
  expect(heard).toEqual([]);
});
