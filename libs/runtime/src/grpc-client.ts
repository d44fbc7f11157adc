import { Client, credentials, Metadata, type MethodDefinition } from '@grpc/grpc-js';
import { fromServiceError } from './grpc-failure.js';
import type { Certificates, GrpcIdentity } from './grpc-identity.js';

/** The correlation id of a call, among its metadata. */
export const CORRELATION_KEY = 'lk-correlation';
/** Room for a sample's picture, and no more. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
/** The calls that began over an old connection end over it. */
const OLD_CONNECTION_MS = 15_000;

type UnaryDefinition<Request, Reply> = Pick<
  MethodDefinition<Request, Reply>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;

/** A connection to a service, by mutual TLS. */
export interface GrpcConnection {
  /** What calls are made with now; another one after the certificate was rotated. */
  client(): Client;
  close(): void;
}

/**
 * Connects to a service. Nothing is dialled until the first call; a lost connection is mended by itself, and made anew when
 * a certificate was rotated.
 * @param facts.address `host:port`
 * @param facts.identity who calls
 * @param facts.callee the name that the other's certificate must have, wherever it runs
 */
export function connectGrpc(facts: {
  readonly address: string;
  readonly identity: GrpcIdentity;
  readonly callee: string;
}): GrpcConnection {
  const { address, identity, callee } = facts;
  let client = clientOf(address, callee, identity.current());
  const stop = identity.onChange((certificates) => {
    const old = client;
    client = clientOf(address, callee, certificates);
    setTimeout(() => old.close(), OLD_CONNECTION_MS).unref();
  });
  return {
    client: () => client,
    close: () => {
      stop();
      client.close();
    },
  };
}

function clientOf(address: string, callee: string, certificates: Certificates): Client {
  const { authorities, certificate, privateKey } = certificates;
  return new Client(address, credentials.createSsl(authorities, privateKey, certificate), {
    'grpc.ssl_target_name_override': callee,
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.initial_reconnect_backoff_ms': 250,
    // Callers give up after a second or two: whoever is back after long must be heard within that.
    'grpc.max_reconnect_backoff_ms': 1_000,
    'grpc.keepalive_time_ms': 10_000,
    'grpc.keepalive_timeout_ms': 5_000,
    // Each has its own connection: else an old one would be shared by who has a new certificate.
    'grpc.use_local_subchannel_pool': 1,
  });
}

/**
 * Calls a method: `callUnary(connection, RegistryServiceService.useCode, request, { deadlineMs: 2_000, correlationId })`.
 * @throws Failure with the code of the one who answered; or LK-BUS-003, retryable, where there was no answer in time;
 * LK-KEY-005, retryable, where one does not take the other's certificate
 */
export async function callUnary<Request, Reply>(
  connection: GrpcConnection,
  method: UnaryDefinition<Request, Reply>,
  request: NoInfer<Request>,
  facts: { readonly deadlineMs: number; readonly correlationId: string },
): Promise<Reply> {
  const metadata = new Metadata();
  metadata.set(CORRELATION_KEY, facts.correlationId);
  return await new Promise((resolve, reject) => {
    connection
      .client()
      .makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        metadata,
        { deadline: Date.now() + facts.deadlineMs },
        (error, reply) => {
          if (error) reject(fromServiceError(error, method.path));
          else if (reply === undefined) reject(new Error(`${method.path} answered nothing`));
          else resolve(reply);
        },
      );
  });
}
