import { randomBytes } from 'node:crypto';
import { type Operator, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { type Bucket, type Bus, type Entry, Failure, toFailure } from '@latchkey/runtime';
import { z } from 'zod';
import type { RegistryClient } from '../registry.client.js';
import { asCaller, type Caller } from './caller.js';
import { sessionKey } from './cookie.pure.js';

/** What is kept of someone who signed in. */
export const session = z.object({
  username: z.string(),
  /** The operator's stamp then: another one now, and the session is over. */
  stamp: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
  /** Signed in at the campus's own provider, where one may sign out, too. */
  elsewhere: z.boolean().optional(),
});
type Session = z.infer<typeof session>;

/** How long a session lasts. */
export interface SessionLimits {
  /** Without any activity. */
  readonly idleMs: number;
  /** At most, whatever is done. */
  readonly absoluteMs: number;
}

/** What a session is looked up for. */
export interface LookUp {
  readonly correlationId: string;
  /** Whether it counts as activity. */
  readonly active: boolean;
}

interface Remembered {
  readonly session: Session;
  readonly caller: Caller;
  readonly at: number;
}

/** Activity is written down this often at most. */
const TOUCH_MS = 15_000;
const REGISTRY_MS = 1_500;
/** While the registry or the broker is away, what was true so short a time ago is taken to be. */
const TRUST_MS = 5 * 60_000;
const REMEMBERED = 1_000;

/**
 * Who is signed in, by cookie. The bucket is shared, so any replica knows it; whether the operator is still there, with
 * the same role and password, the registry says at each request, so that a change takes effect at once.
 */
export class Sessions {
  readonly #bus: Bus;
  readonly #bucket: Bucket<Session>;
  readonly #registry: RegistryClient;
  readonly #limits: SessionLimits;
  readonly #remembered = new Map<string, Remembered>();

  constructor(bus: Bus, bucket: Bucket<Session>, registry: RegistryClient, limits: SessionLimits) {
    this.#bus = bus;
    this.#bucket = bucket;
    this.#registry = registry;
    this.#limits = limits;
  }

  /** Begins one. @returns the cookie's value, kept nowhere */
  async open(
    { username, stamp }: Pick<Operator, 'username' | 'stamp'>,
    elsewhere = false,
  ): Promise<string> {
    const cookie = randomBytes(32).toString('base64url');
    const now = this.#bus.nowMs();
    const begun = { username, stamp, createdAt: now, seenAt: now, elsewhere };
    await this.#bucket.put(sessionKey(cookie), begun);
    return cookie;
  }

  /**
   * Opens one, then has it written down that someone signed in. In this order: whoever removes the operator in between either
   * finds the stamp changed here, or it is there for the next request to find it so. Where it is not written, it is closed.
   */
  async begin<Written>(
    operator: Pick<Operator, 'username' | 'stamp'>,
    write: () => Promise<Written>,
    elsewhere = false,
  ): Promise<{ readonly written: Written; readonly cookie: string }> {
    const cookie = await this.open(operator, elsewhere);
    try {
      return { written: await write(), cookie };
    } catch (error) {
      await this.close(cookie).catch(() => undefined);
      throw error;
    }
  }

  /** Ends one. */
  async close(cookie: string): Promise<void> {
    const key = sessionKey(cookie);
    this.#remembered.delete(key);
    await this.#bucket.delete(key);
  }

  /** Whose it is; `null` where it is over, or never was. @throws Failure, retryable, where it cannot be told */
  async find(cookie: string, { correlationId, active }: LookUp): Promise<Caller | null> {
    const key = sessionKey(cookie);
    try {
      const entry = await this.#read(key);
      const caller = entry && (await this.#callerOf(entry.value, correlationId));
      if (!entry || !caller) {
        await this.#forget(key, entry);
        return null;
      }
      this.#remember(key, { session: entry.value, caller, at: this.#bus.nowMs() });
      if (active) await this.#touch(key, entry);
      return caller;
    } catch (error) {
      const failure = toFailure(error);
      const known = this.#remembered.get(key);
      if (failure.kind === 'retryable' && known && this.#isTrusted(known)) return known.caller;
      throw failure;
    }
  }

  async #read(key: string): Promise<Entry<Session> | null> {
    if (!this.#bus.isConnected()) throw Failure.retryable('LK-BUS-001');
    return await this.#bucket.get(key);
  }

  /** The operator of a session that is not over. */
  async #callerOf(given: Session, correlationId: string): Promise<Caller | null> {
    if (!this.#isInTime(given)) return null;
    const operator = await this.#operator(given.username, correlationId);
    if (!operator || operator.disabled || operator.stamp !== given.stamp) return null;
    return { ...asCaller(operator), elsewhere: given.elsewhere ?? false };
  }

  async #operator(username: string, correlationId: string): Promise<Operator | null> {
    try {
      const facts = { correlationId, deadlineMs: REGISTRY_MS };
      return await this.#registry.call(Registry.getOperator, { username, by: username }, facts);
    } catch (error) {
      if (error instanceof Failure && error.code === 'LK-OPR-003') return null;
      throw error;
    }
  }

  #isInTime({ createdAt, seenAt }: Session): boolean {
    const now = this.#bus.nowMs();
    return now - createdAt < this.#limits.absoluteMs && now - seenAt < this.#limits.idleMs;
  }

  #isTrusted({ session: known, at }: Remembered): boolean {
    return this.#isInTime(known) && this.#bus.nowMs() - at < TRUST_MS;
  }

  #remember(key: string, facts: Remembered): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, facts);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
  }

  async #forget(key: string, entry: Entry<Session> | null): Promise<void> {
    this.#remembered.delete(key);
    if (entry) await this.#bucket.delete(key);
  }

  /** Another replica may have written at the same moment; that is activity just as well. */
  async #touch(key: string, { value, revision }: Entry<Session>): Promise<void> {
    const now = this.#bus.nowMs();
    if (now - value.seenAt < Math.min(TOUCH_MS, this.#limits.idleMs / 4)) return;
    await this.#bucket.update(key, { ...value, seenAt: now }, revision);
  }
}
