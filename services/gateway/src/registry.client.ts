import { callUnary, connectGrpc, type GrpcConnection, loadGrpcIdentity } from '@latchkey/runtime';

/** One method of the registry, as generated: `RegistryServiceService.getPerson`. */
export type RegistryMethod<Request, Reply> = Parameters<typeof callUnary<Request, Reply>>[1];

/** How a call is made. */
export interface CallFacts {
  readonly correlationId: string;
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 5_000;

/** The registry, by gRPC. A failure comes back with the registry's own code, or as LK-BUS-003 where it is away. */
export class RegistryClient {
  readonly #connection: GrpcConnection;

  /**
   * @param address `host:port`; nothing is dialled before the first call
   * @param keysDir where the gateway's certificate lies
   */
  constructor(address: string, keysDir: string) {
    const identity = loadGrpcIdentity(keysDir, 'gateway');
    this.#connection = connectGrpc({ address, identity, callee: 'registry' });
  }

  /** Calls a method, within five seconds where nothing else is said. */
  async call<Request, Reply>(
    method: RegistryMethod<Request, Reply>,
    request: NoInfer<Request>,
    { correlationId, deadlineMs = DEADLINE_MS }: CallFacts,
  ): Promise<Reply> {
    return await callUnary(this.#connection, method, request, { correlationId, deadlineMs });
  }

  onModuleDestroy(): void {
    this.#connection.close();
  }
}
