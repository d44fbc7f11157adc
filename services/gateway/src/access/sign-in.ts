import { type Operator, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { type Bus, Failure } from '@latchkey/runtime';
import { Problem } from '../http/problem.js';
import type { RegistryClient } from '../registry.client.js';
import type { FailedSignIns } from './failed-sign-ins.js';
import type { Passwords } from './passwords.js';
import type { Sessions } from './sessions.js';
import { refuseUntil, type SharedTries } from './shared-tries.js';
import { stepOf } from './totp.pure.js';

/** What is counted of tries: of an address, of an account from an address at once and over time, of an account. */
export interface SignInTries {
  readonly address: SharedTries;
  readonly pair: SharedTries;
  readonly steady: SharedTries;
  readonly account: SharedTries;
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

/** What signing in works with. */
export interface SignInFacts {
  readonly bus: Bus;
  readonly registry: RegistryClient;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly failed: FailedSignIns;
  readonly tries: SignInTries;
}

/** The name, the password or the code was wrong, or the account is disabled. */
const REFUSALS: readonly string[] = ['LK-AUTH-010', 'LK-AUTH-011'];

/** Lets operators in. What differs between an unknown name and a wrong password is told to nobody. */
export class SignIn {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;
  readonly #sessions: Sessions;
  readonly #passwords: Passwords;
  readonly #failed: FailedSignIns;
  readonly #tries: SignInTries;

  constructor({ bus, registry, sessions, passwords, failed, tries }: SignInFacts) {
    this.#bus = bus;
    this.#registry = registry;
    this.#sessions = sessions;
    this.#passwords = passwords;
    this.#failed = failed;
    this.#tries = tries;
  }

  /** @throws Problem LK-AUTH-010, LK-AUTH-011, or LK-AUTH-003 after too many tries */
  async letIn(given: Credentials, whence: Whence): Promise<LetIn> {
    // Counted before it is looked at: of many at once none is free.
    refuseUntil(await this.#tries.address.add(whence.address));
    await this.#count(given.username, whence.address);
    const entered = await this.#tryIn(given, whence.correlationId);
    await this.#forget(given.username, whence.address);
    return entered;
  }

  /** Whether it is the password of one who is signed in. @throws Problem LK-AUTH-013, LK-AUTH-003 */
  async prove(given: Credentials, field: string, whence: Whence): Promise<Operator> {
    await this.#count(given.username, whence.address);
    const secrets = await this.#secretsOf(given.username, whence.correlationId);
    const hash = secrets?.passwordHash || undefined;
    if (!(await this.#passwords.verify(hash, given.password)) || !secrets) {
      const faults = [{ field: `body.${field}`, message: 'it is not your password' }];
      throw new Problem('LK-AUTH-013', undefined, { faults });
    }
    await this.#forget(given.username, whence.address);
    return secrets.operator;
  }

  /**
   * Lets in who has shown all that is asked for.
   * @param step of the second factor's code, 0 without one; or it was for somebody elsewhere to ask for factors
   */
  async enter(
    operator: Operator,
    step: number | 'elsewhere',
    correlationId: string,
  ): Promise<LetIn> {
    const isElsewhere = step === 'elsewhere';
    const { username, stamp } = operator;
    const record = isElsewhere
      ? { username, stamp, totpStep: 0, bySubject: true }
      : { username, stamp, totpStep: step };
    const write = () => this.#registry.call(Registry.recordSignIn, record, { correlationId });
    const { written, cookie } = await this.#sessions.begin(operator, write, isElsewhere);
    return { operator: written, cookie };
  }

  async #tryIn(given: Credentials, correlationId: string): Promise<LetIn> {
    try {
      const { operator, step } = await this.#check(given, correlationId);
      return await this.enter(operator, step, correlationId);
    } catch (error) {
      // Of an unknown name, too: see FailedSignIns.
      if (isRefusal(error)) this.#failed.note(given.username, correlationId);
      throw error;
    }
  }

  async #check({ username, password, code }: Credentials, correlationId: string) {
    const secrets = await this.#secretsOf(username, correlationId);
    // Who has no password is answered as who is unknown, and as slowly.
    const fits = await this.#passwords.verify(secrets?.passwordHash || undefined, password);
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

  /**
   * One after the other: who has to wait uses up no tries besides, least of all those of an account. Those of the address are for
   * who tries many accounts, so whoever is signed in, and has only their own to prove, takes none of them from a desk that is shared.
   */
  async #count(username: string, address: string): Promise<void> {
    const { pair, steady, account } = this.#tries;
    refuseUntil(await pair.add(pairOf(username, address)));
    refuseUntil(await steady.add(pairOf(username, address)));
    refuseUntil(await account.add(username));
  }

  async #forget(username: string, address: string): Promise<void> {
    const { pair, steady, account } = this.#tries;
    const key = pairOf(username, address);
    await Promise.all([pair.forget(key), steady.forget(key), account.forget(username)]);
  }
}

function isRefusal(error: unknown): boolean {
  return (error instanceof Problem || error instanceof Failure) && REFUSALS.includes(error.code);
}

function pairOf(username: string, address: string): string {
  return `${username} ${address}`;
}
