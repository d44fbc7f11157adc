import { type Operator, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { type Bus, Failure } from '@latchkey/runtime';
import type { FailedTries } from '../http/failed-tries.pure.js';
import { Problem } from '../http/problem.js';
import type { RegistryClient } from '../registry.client.js';
import type { Passwords } from './passwords.js';
import type { Sessions } from './sessions.js';
import { stepOf } from './totp.pure.js';

/** What is counted of tries: of an address, of an account from an address, of an account. */
export interface SignInTries {
  readonly address: FailedTries;
  readonly pair: FailedTries;
  readonly account: FailedTries;
}

/** What someone who wants in gives. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/** From where a request comes. */
export interface Whence {
  readonly correlationId: string;
  readonly address: string;
}

/** Someone who was let in. */
export interface LetIn {
  readonly operator: Operator;
  readonly cookie: string;
}

/** Lets operators in. What differs between an unknown name and a wrong password is told to nobody. */
export class SignIn {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;
  readonly #sessions: Sessions;
  readonly #passwords: Passwords;
  readonly #tries: SignInTries;

  constructor(
    bus: Bus,
    registry: RegistryClient,
    sessions: Sessions,
    passwords: Passwords,
    tries: SignInTries,
  ) {
    this.#bus = bus;
    this.#registry = registry;
    this.#sessions = sessions;
    this.#passwords = passwords;
    this.#tries = tries;
  }

  /** @throws Problem LK-AUTH-010, LK-AUTH-011, or LK-AUTH-003 after too many tries */
  async letIn(given: Credentials, whence: Whence): Promise<LetIn> {
    // Counted before it is looked at: of many at once none is free.
    this.#count(given.username, whence.address);
    const { operator, step } = await this.#check(given, whence.correlationId);
    const entered = await this.enter(operator, step, whence.correlationId);
    this.#tries.pair.forget(pairOf(given.username, whence.address));
    this.#tries.account.forget(given.username);
    return entered;
  }

  /** Whether it is the password of one who is signed in. @throws Problem LK-AUTH-013, LK-AUTH-003 */
  async prove(given: Credentials, field: string, whence: Whence): Promise<Operator> {
    this.#count(given.username, whence.address);
    const secrets = await this.#secretsOf(given.username, whence.correlationId);
    if (!(await this.#passwords.verify(secrets?.passwordHash, given.password)) || !secrets) {
      const faults = [{ field: `body.${field}`, message: 'it is not your password' }];
      throw new Problem('LK-AUTH-013', undefined, { faults });
    }
    this.#tries.pair.forget(pairOf(given.username, whence.address));
    this.#tries.account.forget(given.username);
    return secrets.operator;
  }

  /**
   * Opens a session, then has it written down. In this order: whoever removes the operator in between either finds the
   * stamp changed here, or the session is there for the next request to find it so.
   */
  async enter(operator: Operator, step: number, correlationId: string): Promise<LetIn> {
    const cookie = await this.#sessions.open(operator);
    const { username, stamp } = operator;
    try {
      const record = { username, stamp, totpStep: step };
      const entered = await this.#registry.call(Registry.recordSignIn, record, { correlationId });
      return { operator: entered, cookie };
    } catch (error) {
      await this.#sessions.close(cookie).catch(() => undefined);
      throw error;
    }
  }

  async #check({ username, password, code }: Credentials, correlationId: string) {
    const secrets = await this.#secretsOf(username, correlationId);
    const fits = await this.#passwords.verify(secrets?.passwordHash, password);
    if (!secrets || !fits || secrets.operator.disabled) throw new Problem('LK-AUTH-010');
    const { operator, totpSecret } = secrets;
    if (totpSecret === '') return { operator, step: 0 };
    const step = code === undefined ? null : stepOf(totpSecret, code, this.#bus.nowMs());
    if (step === null) throw new Problem('LK-AUTH-011');
    return { operator, step };
  }

  async #secretsOf(username: string, correlationId: string) {
    try {
      const asked = { username, by: username };
      const { operator, ...secrets } = await this.#registry.call(
        Registry.getOperatorSecrets,
        asked,
        { correlationId },
      );
      return operator && { operator, ...secrets };
    } catch (error) {
      // What is no username is nobody's.
      const nobody = ['LK-OPR-001', 'LK-OPR-003'];
      if (error instanceof Failure && nobody.includes(error.code)) return undefined;
      throw error;
    }
  }

  #count(username: string, address: string): void {
    const now = performance.now();
    const waitMs = Math.max(
      this.#tries.address.add(address, now),
      this.#tries.pair.add(pairOf(username, address), now),
      this.#tries.account.add(username, now),
    );
    if (waitMs === 0) return;
    const waitS = Math.ceil(waitMs / 1000);
    throw new Problem('LK-AUTH-003', `Try again in ${waitS} s.`, {
      headers: { 'Retry-After': String(waitS) },
    });
  }
}

function pairOf(username: string, address: string): string {
  return `${username} ${address}`;
}
