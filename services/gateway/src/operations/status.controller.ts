import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { consumers, faceExtract, streams } from '@latchkey/contracts';
import { BUS, type Bus, request, toFailure } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { CorrelationId } from '../http/correlation.js';
import { Handles } from '../http/handles.js';
import { RegistryClient } from '../registry.client.js';
import type { StatusAnswer } from './operations.schemas.js';
import { getStatus } from './operations.routes.js';

type Part = StatusAnswer['parts'][number];

const ASK_MS = 1_500;

/** What is up, as far as the gateway can tell by asking. */
@Controller()
export class StatusController {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;

  constructor(@Inject(BUS) bus: Bus, @Inject(RegistryClient) registry: RegistryClient) {
    this.#bus = bus;
    this.#registry = registry;
  }

  @Handles(getStatus)
  async get(@CorrelationId() correlationId: string): Promise<StatusAnswer> {
    const [broker, registry, face, sizes, lags] = await Promise.all([
      partOf('broker', async () => `${Math.round(await this.#bus.nc.rtt())} ms away`),
      partOf('registry', () => this.#askRegistry(correlationId)),
      partOf('face', () => this.#askFace(correlationId)),
      this.#sizes(),
      this.#lags(),
    ]);
    const parts = [broker, registry, face];
    return {
      ready: parts.every(({ health }) => health === 'ok'),
      at: new Date(this.#bus.nowMs()).toISOString(),
      parts,
      streams: sizes,
      consumers: lags,
    };
  }

  async #askRegistry(correlationId: string): Promise<string> {
    const facts = { correlationId, deadlineMs: ASK_MS };
    const { doors } = await this.#registry.call(Registry.listDoors, {}, facts);
    return `answers; ${doors.length} door(s)`;
  }

  /** A question without a picture: whoever is there refuses it at once. */
  async #askFace(correlationId: string): Promise<string> {
    const empty = new Uint8Array();
    try {
      await request(this.#bus, faceExtract, empty, { correlationId, timeoutMs: ASK_MS });
    } catch (error) {
      const { code, message } = toFailure(error);
      if (code.startsWith('LK-BUS-')) throw new Error(message, { cause: error });
    }
    return 'answers';
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

async function partOf(name: Part['name'], ask: () => Promise<string>): Promise<Part> {
  try {
    return { name, health: 'ok', detail: await ask() };
  } catch (error) {
    return { name, health: 'away', detail: toFailure(error).message };
  }
}
