import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metadata, status } from '@grpc/grpc-js';
import { type ErrorCode, errorCodes } from '@latchkey/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from './failure.js';
import { type RunningGrpc, serveGrpc } from './grpc.js';
import { callUnary, connectGrpc, type GrpcConnection } from './grpc-client.js';
import { toServiceError } from './grpc-failure.js';
import { loadGrpcIdentity } from './grpc-identity.js';
import { createLogger } from './logger.js';
import { makeKeys } from './make-keys.js';

// Real here: a gRPC server and a client over mutual TLS. The service is one method of JSON.
const toBytes = (value: { say: string }): Buffer => Buffer.from(JSON.stringify(value));
const fromBytes = (bytes: Buffer) => JSON.parse(bytes.toString()) as { say: string };
const EchoService = {
  echo: {
    path: '/test.Echo/Echo' as const,
    requestStream: false as const,
    responseStream: false as const,
    requestSerialize: toBytes,
    requestDeserialize: fromBytes,
    responseSerialize: toBytes,
    responseDeserialize: fromBytes,
  },
};
const log = createLogger({ service: 'echo', instance: 'echo', level: 'silent' });
const facts = { deadlineMs: 45_000, correlationId: 'c1' };

let server: RunningGrpc;
let client: GrpcConnection;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latchkey-grpc-'));
  await makeKeys(dir, { certificates: ['echo', 'ann', 'bob'] });
  server = await serveGrpc({
    address: '127.0.0.1:0',
    identity: loadGrpcIdentity(dir, 'echo'),
    service: EchoService,
    callers: { echo: ['ann'] },
    log,
    handlers: {
      echo: async ({ say }, { correlationId }) => {
        if (say === 'never') await new Promise(() => undefined);
        if (say === 'bug') throw new TypeError('secret path /etc/x');
        if (say === 'refused') throw Failure.terminal('LK-PER-006', 'there is no s9');
        if (say === 'later')
          throw Failure.retryable('LK-COD-001', 'too often', { retryAfterMs: 1_500 });
        return { say: `${say} ${correlationId}` };
      },
    },
  });
  client = connectGrpc({
    address: `127.0.0.1:${server.port}`,
    identity: loadGrpcIdentity(dir, 'ann'),
    callee: 'echo',
  });
});
afterAll(async () => {
  client.close();
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const call = (say: string, deadlineMs = 45_000) =>
  callUnary(client, EchoService.echo, { say }, { ...facts, deadlineMs });

describe('a call', () => {
  it('carries the correlation id', async () => {
    expect(await call('hello')).toEqual({ say: 'hello c1' });
  });

  it('that is refused fails with the code and kind of the one who refuses', async () => {
    await expect(call('refused')).rejects.toMatchObject({
      code: 'LK-PER-006',
      kind: 'terminal',
      message: 'there is no s9',
    });
    await expect(call('later')).rejects.toMatchObject({
      code: 'LK-COD-001',
      kind: 'retryable',
      retryAfterMs: 1_500,
    });
  });

  it('that meets a bug tells nothing of it', async () => {
    const error: unknown = await call('bug').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'LK-INT-001' });
    expect(String(error)).not.toContain('/etc/x');
  });

  it('that nobody answers in time may be tried again', async () => {
    await expect(call('never', 100)).rejects.toMatchObject({
      code: 'LK-BUS-003',
      kind: 'retryable',
    });
  });

  it('never fails as UNKNOWN', () => {
    for (const code of Object.keys(errorCodes) as ErrorCode[]) {
      const { code: answered } = toServiceError(Failure.terminal(code));
      expect(answered).toBeTypeOf('number');
      expect(answered).not.toBe(status.UNKNOWN);
    }
    expect(toServiceError('odd').metadata).toBeInstanceOf(Metadata);
  });
});
