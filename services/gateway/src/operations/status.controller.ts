import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { consumers, serviceHealth, streams } from '@latchkey/contracts';
import { BUS, type Bus, gather, toFailure } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Asker, type Caller } from '../access/caller.js';
import { Presences } from '../doors/presences.js';
import { countsSilent, hearsSilent } from '../events/silent.pure.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles } from '../http/handles.js';
import { RegistryClient } from '../registry.client.js';
import type { Part, StatusAnswer } from './operations.schemas.js';
import { getStatus } from './operations.routes.js';
import { serviceParts } from './service-parts.pure.js';

const ASK_MS = 1_500;

/** What is up, by asking everyone on the bus, and the registry by the calls that people and doors need too. */
@Controller()
export class StatusController {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;
  readonly #presences: Presences;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(Presences) presences: Presences,
  ) {
    this.#bus = bus;
    this.#registry = registry;
    this.#presences = presences;
  }

  @Handles(getStatus)
  async get(@Asker() asker: Caller, @CorrelationId() correlationId: string): Promise<StatusAnswer> {
    const [broker, services, calls, sizes, lags] = await Promise.all([
      this.#askBroker(),
      this.#askServices(),
      this.#callRegistry(correlationId),
      this.#sizes(),
      this.#lags(),
    ]);
    const isTold = (stream: string) => hearsSilent(asker) || !countsSilent(stream);
    const parts = [
      broker,
      ...services.map((part) => (part.name === 'registry' && calls ? { ...part, ...calls } : part)),
    ];
    return {
      ready: parts.every(({ health }) => health === 'ok'),
      at: new Date(this.#bus.nowMs()).toISOString(),
      parts,
      connected: this.#presences.all(),
      streams: sizes.filter(({ name }) => isTold(name)),
      consumers: lags.filter(({ stream }) => isTold(stream)),
    };
  }

  async #askBroker(): Promise<Part> {
    const part: Pick<Part, 'name' | 'instances'> = { name: 'broker', instances: [] };
    try {
      const detail = `${Math.round(await this.#bus.nc.rtt())} ms away`;
      return { ...part, health: 'ok', detail };
    } catch (error) {
      return { ...part, health: 'away', detail: toFailure(error).message };
    }
  }

  /** Without the broker nobody is heard, so all are away as far as anyone can tell. */
  async #askServices(): Promise<Part[]> {
    try {
      return serviceParts(await gather(this.#bus, serviceHealth));
    } catch (error) {
      const detail = `cannot be asked: ${toFailure(error).message}`;
      return serviceParts([]).map((part) => ({ ...part, detail }));
    }
  }

  /** What is wrong with calling the registry; undefined where nothing is. */
  async #callRegistry(correlationId: string): Promise<Pick<Part, 'health' | 'detail'> | undefined> {
    try {
      const facts = { correlationId, deadlineMs: ASK_MS };
      await this.#registry.call(Registry.listDoors, {}, facts);
      return undefined;
    } catch (error) {
      return { health: 'away', detail: `cannot be called: ${toFailure(error).message}` };
    }
  }

  async #sizes(): Promise<StatusAnswer['streams']> {
    const sizes = await Promise.all(
      Object.keys(streams).map(async (name) => {
        const info = await this.#bus.jsm.streams.info(name).catch(() => null);
        if (!info) return [];
        const { messages, bytes: sizeBytes, last_seq: lastSequence } = info.state;
        return [{ name, messages, sizeBytes, lastSequence }];
      }),
    );
    return sizes.flat();
  }

  async #lags(): Promise<StatusAnswer['consumers']> {
    const lags = await Promise.all(
      Object.values(consumers).map(async ({ durable: name, stream }) => {
        const info = await this.#bus.jsm.consumers.info(stream, name).catch(() => null);
        if (!info) return [];
        return [{ name, stream, waiting: info.num_pending, underWay: info.num_ack_pending }];
      }),
    );
    return lags.flat();
  }
}
