import { type ChannelCredentials, credentials } from '@grpc/grpc-js';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUTHORITY_FILE, identityFile } from '@latchkey/contracts';
import { accessAs, loadGrpcIdentity } from '@latchkey/runtime';
import { rotatableNames } from '@latchkey/runtime/rotation';
import { errors, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { vi } from 'vitest';
import { ATTACKER } from './bus-identities.fixture.js';

const PREFIX = identityFile('');

/** Where a campus is, and its keys. */
interface Robbed {
  readonly url: string;
  readonly keysDir: string;
}

/** Who has copied every key of a campus, and is connected to its broker by each identity there is. */
export class Thief implements AsyncDisposable {
  readonly #robbed: Robbed;
  /** Where the copies lie. */
  readonly keysDir: string;
  readonly #held = new Map<string, NatsConnection>();

  private constructor(robbed: Robbed, keysDir: string) {
    this.#robbed = robbed;
    this.keysDir = keysDir;
  }

  static async steal(robbed: Robbed): Promise<Thief> {
    const keysDir = await mkdtemp(join(tmpdir(), 'latchkey-thief-'));
    await cp(robbed.keysDir, keysDir, { recursive: true });
    const thief = new Thief(robbed, keysDir);
    for (const name of await thief.identities()) {
      // An identity that was given a moment ago is not known to the broker yet.
      const connected = () => thief.#connectAs(name);
      thief.#held.set(name, await vi.waitFor(connected, { timeout: 20_000, interval: 200 }));
    }
    return thief;
  }

  /** Every identity whose key was copied. */
  async identities(): Promise<string[]> {
    const names = await rotatableNames(this.keysDir);
    return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  }

  /** Those by which there still is a connection. */
  connected(): string[] {
    return [...this.#held].filter(([, held]) => !held.isClosed()).map(([name]) => name);
  }

  /** Those by which the broker lets one in. */
  async letIn(): Promise<string[]> {
    // The newest authority is no secret: else it would be the thief who mistrusts the broker.
    await cp(join(this.#robbed.keysDir, AUTHORITY_FILE), join(this.keysDir, AUTHORITY_FILE));
    const known: string[] = [];
    for (const name of await this.identities()) {
      try {
        await (await this.#connectAs(name)).close();
        known.push(name);
      } catch (error) {
        if (!(error instanceof errors.AuthorizationError)) throw error;
      }
    }
    return known;
  }

  /** How a service whose certificate was copied calls the registry, which it knows by its newest authority. */
  callsAs(service: string): ChannelCredentials {
    const { authorities } = loadGrpcIdentity(this.#robbed.keysDir, service).current();
    const { certificate, privateKey } = loadGrpcIdentity(this.keysDir, service).current();
    return credentials.createSsl(authorities, privateKey, certificate);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const held of this.#held.values()) await held.close();
    await rm(this.keysDir, { recursive: true, force: true });
  }

  /** It does not come back by itself: that it was sent away is to be seen. */
  #connectAs(identity: string): Promise<NatsConnection> {
    const access = accessAs(identity, { url: this.#robbed.url, keysDir: this.keysDir });
    return connect({ ...access, name: ATTACKER, reconnect: false, timeout: 10_000 });
  }
}
