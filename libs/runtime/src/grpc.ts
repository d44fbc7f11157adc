import {
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  credentials,
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { toFailure } from './failure.js';
import { fromServiceError, toServiceError } from './grpc-failure.js';
import type { Logger } from './logger.js';

const CORRELATION_KEY = 'lk-correlation';
/** Room for a sample's picture, and no more. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
const SHUTDOWN_MS = 5_000;

/** What a handler is told of a call beside its request. */
export interface CallContext {
  readonly correlationId: string;
  readonly log: Logger;
}

type UnaryDefinition<Request, Reply> = Pick<
  MethodDefinition<Request, Reply>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;
type RequestOf<Method> = Method extends { requestDeserialize: (bytes: Buffer) => infer Request }
  ? Request
  : never;
type ReplyOf<Method> = Method extends { responseSerialize: (value: infer Reply) => Buffer }
  ? Reply
  : never;

/** A handler for each method of a generated service, by the method's name. A thrown Failure reaches the caller. */
export type GrpcHandlers<Service> = {
  readonly [Name in keyof Service]: (
    request: RequestOf<Service[Name]>,
    context: CallContext,
  ) => Promise<ReplyOf<Service[Name]>> | ReplyOf<Service[Name]>;
};

/** A gRPC server that runs. */
export interface RunningGrpc {
  readonly port: number;
  /** Lets calls end, for at most five seconds; twice is fine. */
  close(): Promise<void>;
}

/**
 * Serves a generated service.
 * @param facts.address `host:port`; port 0: any free one
 */
export async function serveGrpc<Service extends object>(facts: {
  readonly address: string;
  readonly service: Service;
  readonly handlers: GrpcHandlers<Service>;
  readonly log: Logger;
}): Promise<RunningGrpc> {
  const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
  const names = Object.keys(facts.service) as (keyof Service)[];
  const implementation = Object.fromEntries(
    names.map((name) => [name, unary(String(name), facts.handlers[name], facts.log)]),
  );
  server.addService(facts.service as Parameters<Server['addService']>[0], implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(facts.address, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  let closing: Promise<void> | undefined;
  return { port, close: () => (closing ??= shutDown(server)) };
}

/** Connects to a generated service. Nothing is dialled until the first call; a lost connection is mended by itself. */
export function connectGrpc<ServiceClient extends Client>(
  constructor: new (
    address: string,
    credentials: ChannelCredentials,
    options?: Partial<ClientOptions>,
  ) => ServiceClient,
  address: string,
): ServiceClient {
  return new constructor(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.initial_reconnect_backoff_ms': 250,
    // Callers give up after a second or two: whoever is back after long must be heard within that.
    'grpc.max_reconnect_backoff_ms': 1_000,
    'grpc.keepalive_time_ms': 10_000,
    'grpc.keepalive_timeout_ms': 5_000,
  });
}

/**
 * Calls a method: `callUnary(client, RegistryServiceService.useCode, request, { deadlineMs: 2_000, correlationId })`.
 * @throws Failure with the code of the one who answered, or LK-BUS-003, retryable, where there was no answer in time.
 */
export async function callUnary<Request, Reply>(
  client: Client,
  method: UnaryDefinition<Request, Reply>,
  request: NoInfer<Request>,
  facts: { readonly deadlineMs: number; readonly correlationId: string },
): Promise<Reply> {
  const metadata = new Metadata();
  metadata.set(CORRELATION_KEY, facts.correlationId);
  return await new Promise((resolve, reject) => {
    client.makeUnaryRequest(
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

function unary<Request, Reply>(
  name: string,
  handler: (request: Request, context: CallContext) => Promise<Reply> | Reply,
  log: Logger,
) {
  return (call: ServerUnaryCall<Request, Reply>, done: sendUnaryData<Reply>): void => {
    const correlationId = call.metadata.get(CORRELATION_KEY)[0]?.toString() ?? crypto.randomUUID();
    const child = log.child({ correlationId, method: name });
    const answer = async (): Promise<void> => {
      try {
        done(null, await handler(call.request, { correlationId, log: child }));
      } catch (error) {
        const failure = toFailure(error);
        const level = failure.code === 'LK-INT-001' ? 'error' : 'debug';
        child[level]({ err: failure, errorCode: failure.code }, 'a call was refused');
        done(toServiceError(failure));
      }
    };
    void answer();
  };
}

async function shutDown(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, SHUTDOWN_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
