import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { type Bucket, type Bus, equalSecrets, toFailure } from '@latchkey/runtime';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { z } from 'zod';
import type { GatewayConfig } from '../config.js';
import type { RegistryClient } from '../registry.client.js';

/** What is kept of a one-time link: nothing that could be used. */
export const invitation = z.object({ digest: z.string(), at: z.number() });
type Invitation = z.infer<typeof invitation>;

const AGAIN_MS = 2_000;

/** What the first administrator's link needs. */
export interface FirstFacts {
  readonly bus: Bus;
  readonly invitations: Bucket<Invitation>;
  readonly registry: RegistryClient;
  readonly http: HttpAdapterHost;
  readonly config: GatewayConfig;
}

/**
 * The one-time link that makes the first administrator: while there is no operator, each start makes one, which is good
 * for a day. The bucket holds its digest, so that any replica takes it.
 */
export class FirstAdministrator implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #facts: FirstFacts;
  readonly #stopped = new AbortController();
  #shown: Promise<void> | undefined;

  constructor(facts: FirstFacts) {
    this.#facts = facts;
  }

  onApplicationBootstrap(): void {
    void this.#offer();
  }

  onModuleDestroy(): void {
    this.#stopped.abort();
  }

  /** Whether there is no operator yet. Where it says so, the link has been shown. */
  async isNeeded(correlationId: string): Promise<boolean> {
    const { registry } = this.#facts;
    const { operators } = await registry.call(Registry.listOperators, {}, { correlationId });
    if (operators.length > 0) {
      // Another replica may have taken the first one in: our link is void, and its file only misleads.
      await this.#removeFile();
      return false;
    }
    this.#shown ??= this.#show().catch((error: unknown) => {
      this.#shown = undefined;
      throw error;
    });
    await this.#shown;
    return true;
  }

  /** Whether a link ends in this token and is still good. */
  async isGood(token: string): Promise<boolean> {
    const { invitations } = this.#facts;
    const digest = digestOf(token);
    for (const key of await invitations.keys()) {
      const entry = await invitations.get(key);
      if (entry && equalSecrets(entry.value.digest, digest)) return true;
    }
    return false;
  }

  /** Makes every link void, once it was used. */
  async withdraw(): Promise<void> {
    const { invitations } = this.#facts;
    for (const key of await invitations.keys()) await invitations.delete(key);
    await this.#removeFile();
  }

  async #removeFile(): Promise<void> {
    const file = this.#facts.config.LK_FIRST_ADMIN_LINK_FILE;
    if (file !== undefined) await rm(file, { force: true });
  }

  /** The registry may start later than we do. */
  async #offer(): Promise<void> {
    const { bus, config } = this.#facts;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        const isNeeded = await this.isNeeded(`first-administrator-${config.LK_INSTANCE}`);
        if (isNeeded) bus.log.info('there is no operator yet: the one-time link was shown');
        return;
      } catch (error) {
        bus.log.debug({ err: toFailure(error) }, 'whether there is an operator is not known yet');
      }
      await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** In the file that is named (0600), for whoever supervises this process; else past the logger, which would redact it. */
  async #show(): Promise<void> {
    const { bus, invitations, config } = this.#facts;
    const token = randomBytes(32).toString('base64url');
    const at = bus.nowMs();
    await invitations.put(config.LK_INSTANCE, { digest: digestOf(token), at });
    // In the fragment, which no server and no log sees.
    const link = `${await this.#address()}/#/welcome/${token}`;
    const file = config.LK_FIRST_ADMIN_LINK_FILE;
    if (file === undefined) {
      process.stdout.write(`There is no operator yet. Make the first administrator: ${link}\n`);
      return;
    }
    await rm(file, { force: true });
    await writeFile(file, `${link}\n`, { mode: 0o600, flag: 'wx' });
  }

  async #address(): Promise<string> {
    const { http, config } = this.#facts;
    if (config.LK_PUBLIC_URL !== undefined) return new URL(config.LK_PUBLIC_URL).origin;
    const server = http.httpAdapter.getHttpServer() as Server;
    if (!server.listening) await once(server, 'listening', { signal: this.#stopped.signal });
    const { port } = server.address() as AddressInfo;
    const { LK_GATEWAY_HOST: host, LK_TLS_CERT_FILE: certificate } = config;
    const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
    return `${certificate === undefined ? 'http' : 'https'}://${name}:${port}`;
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}
