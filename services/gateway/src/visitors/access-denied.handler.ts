import { accessDenied, type CloudEvent, consumers, faceExtract } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { BUS, type Bus, type MessageContext, OnEvent, request } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Photographs } from '../events/photographs.js';
import { normaliseSample } from '../people/sample-picture.js';
import { RegistryClient } from '../registry.client.js';

/** What could not be compared within so long isn't any more: guards have looked at it by then. */
const GIVE_UP_MS = 10 * 60 * 1_000;

/**
 * A stranger was turned away: where the site compares strangers with each other, face makes a template of the photograph,
 * sealed for the registry. Where it doesn't, nobody looks at the photograph.
 */
@Controller()
export class AccessDeniedHandler {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;
  readonly #photographs: Photographs;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(Photographs) photographs: Photographs,
  ) {
    this.#bus = bus;
    this.#registry = registry;
    this.#photographs = photographs;
  }

  @OnEvent(consumers.gatewayVisitors, accessDenied)
  async handle(
    { id: visitor, data }: CloudEvent<z.infer<typeof accessDenied.data>>,
    { storedAtMs, correlationId }: MessageContext,
  ): Promise<void> {
    const { reason, door, at, evidence } = data;
    if (reason !== 'unknown' || evidence === null) return;
    if (this.#bus.nowMs() - storedAtMs > GIVE_UP_MS) return;
    const facts = { correlationId };
    const { kept } = await this.#registry.call(Registry.listSightings, { visitors: [] }, facts);
    if (!kept) return;
    const sealedTemplate = await this.#templateOf(evidence, correlationId);
    if (sealedTemplate === null) return;
    const sighting = { visitor, door, at, evidence, sealedTemplate };
    await this.#registry.call(Registry.noteSighting, sighting, facts);
  }

  /** Of a face as good as a sample must be; `null`: of any other nothing is kept, since it is taken for others too easily. */
  async #templateOf(evidence: string, correlationId: string): Promise<string | null> {
    const photograph = await this.#photographs.read(evidence);
    if (!photograph) return null;
    const jpeg = await normaliseSample(photograph);
    const judged = await request(this.#bus, faceExtract, jpeg, { correlationId });
    return judged.ok ? judged.template : null;
  }
}
