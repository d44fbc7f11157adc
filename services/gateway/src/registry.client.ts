import { RegistryServiceClient } from '@latchkey/contracts/grpc';
import { callUnary, connectGrpc } from '@latchkey/runtime';

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
  readonly #client: RegistryServiceClient;

  /** @param address `host:port`; nothing is dialled before the first call */
  constructor(address: string) {
    this.#client = connectGrpc(RegistryServiceClient, address);
  }

  /** Calls a method, within five seconds where nothing else is said. */
  async call<Request, Reply>(
    method: RegistryMethod<Request, Reply>,
    request: NoInfer<Request>,
    { correlationId, deadlineMs = DEADLINE_MS }: CallFacts,
  ): Promise<Reply> {
    return await callUnary(this.#client, method, request, { correlationId, deadlineMs });
  }

  onModuleDestroy(): void {
    this.#client.close();
  }
}
