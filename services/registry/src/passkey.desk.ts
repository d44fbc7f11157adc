import type {
  FindPasskeyReply,
  ListPasskeysReply,
  Operator,
  PasskeySignIn,
} from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { failureOf } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { operatorOf } from './domain/operator-life.pure.js';
import {
  addPasskey,
  describePasskey,
  recordPasskeySignIn,
  removePasskeys,
} from './domain/operator-passkeys.pure.js';
import { describeOperator, operatorsCollection } from './domain/operator.pure.js';
import { changeOperator, operatorBy } from './operator-change.js';
import type { requests } from './requests.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

/** The passkeys of operators: their public keys, and how often each was used. */
export class PasskeyDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  async listPasskeys({ username }: Asked<'operatorRef'>): Promise<ListPasskeysReply> {
    const stored = await this.#facts.store.get(operatorsCollection, username);
    const found = operatorOf(stored?.document ?? null);
    if (!found.ok) throw failureOf(found);
    return { passkeys: (found.next.passkeys ?? []).map(describePasskey) };
  }

  async findPasskey({ credential }: Asked<'findPasskey'>): Promise<FindPasskeyReply> {
    const operator = await operatorBy(this.#facts, { passkey: credential });
    const passkey = operator?.passkeys?.find((one) => one.credential === credential);
    if (!operator || !passkey) throw Failure.terminal('LK-PKY-003');
    return { operator: describeOperator(operator), passkey: describePasskey(passkey) };
  }

  async addPasskey(asked: Asked<'addPasskey'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { username, by: _, ...given } = asked;
    const { operator } = await changeOperator(this.#facts, username, (now) =>
      addPasskey(now, given, op),
    );
    return operator;
  }

  async removePasskey(asked: Asked<'removePasskey'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { username, id } = asked;
    const { operator } = await changeOperator(this.#facts, username, (now) =>
      removePasskeys(now, id, op),
    );
    return operator;
  }

  async removePasskeys({ username, by }: Asked<'operatorRef'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, by);
    const { operator } = await changeOperator(this.#facts, username, (now) =>
      removePasskeys(now, null, op),
    );
    return operator;
  }

  async recordPasskeySignIn(
    { username, ...shown }: Asked<'recordPasskeySignIn'>,
    origin: Origin,
  ): Promise<PasskeySignIn> {
    const op = beginOperation(this.#facts, origin, username);
    const { operator, reply } = await changeOperator(this.#facts, username, (now) =>
      recordPasskeySignIn(now, shown, op),
    );
    return { operator, copied: reply };
  }
}
