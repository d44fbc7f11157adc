import { randomBytes } from 'node:crypto';
import {
  type Operator,
  type Passkey,
  RegistryServiceService as Registry,
} from '@latchkey/contracts/grpc';
import { Failure, type Report } from '@latchkey/runtime';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG } from '@simplewebauthn/server/helpers';
import { buckets } from '@latchkey/contracts';
import { Problem } from '../http/problem.js';
import type { RegistryClient } from '../registry.client.js';
import { clientDataOf } from './passkey-client-data.pure.js';
import type { FailedSignIns } from './failed-sign-ins.js';
import type { PasskeyChallenges } from './passkey-challenges.js';
import type { PasskeySite } from './passkey-site.js';
import type { Assertion, Attestation } from './passkeys.schemas.js';
import type { Sessions } from './sessions.js';
import { refuseUntil, type SharedTries } from './shared-tries.js';
import type { LetIn, Whence } from './sign-in.js';

/** What every device has (WebAuthn, 5.4): the first that it knows is taken. */
const algorithms = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];
const timeout = buckets.challenges.ttlMs;
/** WebAuthn, 14.6.1: random, so that it says nothing of whom it stands for. */
const HANDLE_BYTES = 32;

/** What is counted: sign-ins begun from an address, sign-ins tried from it, and of those the ones by one passkey. */
export interface PasskeyTries {
  readonly begun: SharedTries;
  readonly address: SharedTries;
  readonly passkey: SharedTries;
}

/** What passkeys work with. */
export interface PasskeyFacts {
  readonly registry: RegistryClient;
  readonly sessions: Sessions;
  readonly challenges: PasskeyChallenges;
  readonly site: PasskeySite;
  readonly tries: PasskeyTries;
  readonly failed: FailedSignIns;
  readonly report: Report;
}

/** Adds passkeys (WebAuthn level 3), and lets operators in by them. */
export class Passkeys {
  readonly #facts: PasskeyFacts;

  constructor(facts: PasskeyFacts) {
    this.#facts = facts;
  }

  /** What a passkey is to sign so that its operator is let in; who that is, is told by the passkey alone. */
  async beginSignIn({ address }: Whence) {
    const { challenges, site, tries } = this.#facts;
    const { id: rpID } = site.require();
    refuseUntil(await tries.begun.add(address));
    const asked = { rpID, timeout, userVerification: 'required' } as const;
    const options = await generateAuthenticationOptions(asked);
    await challenges.keep(options.challenge, { purpose: 'sign-in' });
    return options;
  }

  /** @throws Problem LK-PKY-001, whatever it is that does not fit, or LK-AUTH-003 after too many tries */
  async signIn(given: Assertion, { address, correlationId }: Whence): Promise<LetIn> {
    const { tries } = this.#facts;
    // Counted before it is looked at: of many at once none is free.
    refuseUntil(await tries.address.add(address));
    const key = `${given.id} ${address}`;
    refuseUntil(await tries.passkey.add(key));
    const counter = await this.#verify(given, correlationId);
    const entered = await this.#enter(given, counter, correlationId);
    await tries.passkey.forget(key);
    return entered;
  }

  /** What a device is asked for, of an operator who has proved just now that it is them. */
  async beginAdding({ username, name, stamp }: Operator, correlationId: string) {
    const { registry, challenges, site } = this.#facts;
    const { id: rpID } = site.require();
    const ref = { username, by: username };
    const { passkeys } = await registry.call(Registry.listPasskeys, ref, { correlationId });
    const handle = passkeys[0]?.handle ?? randomBytes(HANDLE_BYTES).toString('base64url');
    const options = await generateRegistrationOptions({
      rpName: 'Latchkey',
      rpID,
      userName: username,
      userDisplayName: name,
      userID: bytesOf(handle),
      timeout,
      attestationType: 'none',
      excludeCredentials: passkeys.map(({ credential: id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: algorithms,
    });
    await challenges.keep(options.challenge, { purpose: 'add', username, stamp, handle });
    return options;
  }

  /** Adds what a device made. @throws Problem LK-PKY-002 where it is not what was asked for, or of whom */
  async add(
    { name, response: given }: { readonly name: string; readonly response: Attestation },
    username: string,
    correlationId: string,
  ): Promise<Passkey> {
    const { registry, challenges, site } = this.#facts;
    const { id: expectedRPID, origin: expectedOrigin } = site.require();
    const refused = new Problem('LK-PKY-002');
    const { challenge: expectedChallenge } = clientDataOf(given.response.clientDataJSON) ?? {};
    if (expectedChallenge === undefined) throw refused;
    const asked = await challenges.take(expectedChallenge);
    if (asked?.purpose !== 'add' || asked.username !== username) throw refused;
    const { transports } = given.response;
    const verified = await verifyRegistrationResponse({
      response: { ...given, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
      // What is wrong with it is told by throwing.
    }).catch(() => null);
    if (!verified?.verified) throw refused;
    const { id: credential, publicKey, counter } = verified.registrationInfo.credential;
    const { stamp, handle } = asked;
    const made = { credential, handle, counter, transports, publicKey: textOf(publicKey) };
    const added = { username, stamp, name, ...made, by: username };
    await registry.call(Registry.addPasskey, added, { correlationId });
    const wanted = { credential, by: username };
    const { passkey } = await registry.call(Registry.findPasskey, wanted, { correlationId });
    if (!passkey) throw refused;
    return passkey;
  }

  /** Whether it was signed here and now by whose it is. @returns the operator, and the counter that was signed */
  async #verify(given: Assertion, correlationId: string): Promise<Verified> {
    const { challenges, site } = this.#facts;
    const { id: expectedRPID, origin: expectedOrigin } = site.require();
    const refused = new Problem('LK-PKY-001');
    const { challenge: expectedChallenge } = clientDataOf(given.response.clientDataJSON) ?? {};
    if (expectedChallenge === undefined) throw refused;
    const asked = await challenges.take(expectedChallenge);
    if (asked?.purpose !== 'sign-in') throw refused;
    const { operator, passkey } = await this.#find(given.id, correlationId);
    if (!operator || !passkey) throw refused;
    if (passkey.handle !== given.response.userHandle) throw this.#failed(operator, correlationId);
    const verified = await verifyAuthenticationResponse({
      response: {
        ...given,
        response: { ...given.response, userHandle: passkey.handle },
        clientExtensionResults: {},
      },
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      // The registry compares the counters, in the write that signs in: of two at the same moment one is the first.
      credential: { id: passkey.credential, publicKey: bytesOf(passkey.publicKey), counter: 0 },
      requireUserVerification: true,
    }).catch(() => null);
    if (!verified?.verified) throw this.#failed(operator, correlationId);
    return { operator, counter: verified.authenticationInfo.newCounter };
  }

  /** Has it noted that the passkey of an operator was refused. @returns the refusal, which tells nothing of that */
  #failed({ username }: Operator, correlationId: string): Problem {
    this.#facts.failed.note(username, correlationId);
    return new Problem('LK-PKY-001');
  }

  async #find(credential: string, correlationId: string) {
    try {
      const asked = { credential, by: 'gateway' };
      return await this.#facts.registry.call(Registry.findPasskey, asked, { correlationId });
    } catch (error) {
      if (error instanceof Failure && error.code === 'LK-PKY-003') throw new Problem('LK-PKY-001');
      throw error;
    }
  }

  async #enter(given: Assertion, shown: Verified, correlationId: string): Promise<LetIn> {
    const { registry, sessions, report } = this.#facts;
    const { operator: found, counter } = shown;
    const { username, stamp } = found;
    const record = { username, stamp, credential: given.id, counter };
    const write = async () => {
      const writing = registry.call(Registry.recordPasskeySignIn, record, { correlationId });
      const { operator, copied } = await writing.catch((error: unknown) => {
        if (!(error instanceof Failure) || error.code !== 'LK-PKY-001') throw error;
        throw this.#failed(found, correlationId);
      });
      if (!copied && operator) return operator;
      report('operator.passkey-copied', { username }, { correlationId, level: 'warn' });
      throw new Problem('LK-PKY-001');
    };
    const { written, cookie } = await sessions.begin(found, write);
    return { operator: written, cookie };
  }
}

interface Verified {
  readonly operator: Operator;
  readonly counter: number;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
