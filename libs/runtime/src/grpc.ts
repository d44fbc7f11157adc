import {
  experimental,
  Server,
  type ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { Failure, toFailure } from './failure.js';
import { CORRELATION_KEY, MAX_MESSAGE_BYTES } from './grpc-client.js';
import { toServiceError } from './grpc-failure.js';
import type { Certificates, GrpcIdentity } from './grpc-identity.js';
import type { Logger } from './logger.js';

const SHUTDOWN_MS = 5_000;

/** What a handler is told of a call beside its request. */
export interface CallContext {
  /** Who calls, by its certificate. */
  readonly caller: string;
  readonly correlationId: string;
  readonly log: Logger;
}

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
 * Serves a generated service, by TLS, to who has a certificate of the same authority, and lets each caller only what it may.
 * @param facts.address `host:port`; port 0: any free one
 * @param facts.callers who may call each method, by the name in the certificate; others are refused with LK-KEY-004
 */
export async function serveGrpc<Service extends object>(facts: {
  readonly address: string;
  readonly identity: GrpcIdentity;
  readonly service: Service;
  readonly callers: Readonly<Record<keyof Service, readonly string[]>>;
  readonly handlers: GrpcHandlers<Service>;
  readonly log: Logger;
}): Promise<RunningGrpc> {
  const { service, callers, handlers, identity, log } = facts;
  const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
  const names = Object.keys(service) as (keyof Service)[];
  const implementation = Object.fromEntries(
    names.map((name) => [name, unary(String(name), callers[name], handlers[name], log)]),
  );
  server.addService(service as Parameters<Server['addService']>[0], implementation);
  const shown = new ShownCertificates(identity);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(facts.address, shown.credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const address = facts.address.replace(/:\d+$/, `:${port}`);
  const stop = identity.onChange((certificates) => {
    shown.renew(certificates);
    // Callers dial anew, with certificates that the new authorities must have signed.
    server.drain(address, SHUTDOWN_MS);
    log.info('the certificate for gRPC was read again');
  });
  const close = () => {
    stop();
    return shutDown(server);
  };
  let closing: Promise<void> | undefined;
  return { port, close: () => (closing ??= close()) };
}

type CertificateListener = (certificates: Certificates) => void;

/** What the server shows to callers and expects of them; it may be renewed while it listens. */
class ShownCertificates {
  readonly credentials: ServerCredentials;
  readonly #listeners = new Map<object, CertificateListener>();
  #current: Certificates;

  constructor(identity: GrpcIdentity) {
    this.#current = identity.current();
    const provider: experimental.CertificateProvider = {
      addCaCertificateListener: (listener) =>
        this.#add(listener, ({ authorities }) => listener({ caCertificate: authorities })),
      removeCaCertificateListener: (listener) => this.#listeners.delete(listener),
      addIdentityCertificateListener: (listener) =>
        this.#add(listener, ({ certificate, privateKey }) => listener({ certificate, privateKey })),
      removeIdentityCertificateListener: (listener) => this.#listeners.delete(listener),
    };
    this.credentials = experimental.createCertificateProviderServerCredentials(
      provider,
      provider,
      true,
    );
  }

  renew(certificates: Certificates): void {
    this.#current = certificates;
    for (const listener of this.#listeners.values()) listener(certificates);
  }

  #add(key: object, listener: CertificateListener): void {
    this.#listeners.set(key, listener);
    // grpc-js notes who watches it only after it has asked for this.
    queueMicrotask(() => listener(this.#current));
  }
}

function unary<Request, Reply>(
  name: string,
  callers: readonly string[],
  handler: (request: Request, context: CallContext) => Promise<Reply> | Reply,
  log: Logger,
) {
  return (call: ServerUnaryCall<Request, Reply>, done: sendUnaryData<Reply>): void => {
    const correlationId = call.metadata.get(CORRELATION_KEY)[0]?.toString() ?? crypto.randomUUID();
    const caller = callerOf(call);
    const child = log.child({ correlationId, method: name, caller });
    const answer = async (): Promise<void> => {
      try {
        if (!callers.includes(caller)) throw notAllowed(caller, name);
        done(null, await handler(call.request, { caller, correlationId, log: child }));
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

/** The common name of the caller's certificate, which TLS has checked; empty where it has none, who may call nothing. */
function callerOf<Request, Reply>(call: ServerUnaryCall<Request, Reply>): string {
  const name: unknown = call.getAuthContext().sslPeerCertificate?.subject.CN;
  return typeof name === 'string' ? name : '';
}

function notAllowed(caller: string, method: string): Failure {
  const who = JSON.stringify(caller.slice(0, 100));
  return Failure.terminal('LK-KEY-004', `The certificate of ${who} does not allow ${method}.`);
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
