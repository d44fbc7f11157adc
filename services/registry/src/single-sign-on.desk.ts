import type { Operator } from '@latchkey/contracts/grpc';
import type { z } from 'zod';
import { failureOf } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { accountKey } from './domain/account.pure.js';
import {
  bindAccount,
  refuseAccount,
  refusedAccount,
  setSingleSignOn,
} from './domain/operator-single-sign-on.pure.js';
import type { OperatorRecord } from './domain/operator.pure.js';
import { changeOperator, operatorBy } from './operator-change.js';
import type { requests } from './requests.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

/** Operators who sign in at the campus's own provider. */
export class SingleSignOnDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  async setSingleSignOn(asked: Asked<'setSingleSignOn'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const decide = (now: OperatorRecord | null) => setSingleSignOn(now, asked.invitedAs, op);
    return (await changeOperator(this.#facts, asked.username, decide)).operator;
  }

  /**
   * Whose an account is: of who is bound to it, else of who was invited as what it is vouched for.
   * @throws Failure LK-SSO-001, which is noted
   */
  async findBySubject(asked: Asked<'findBySubject'>, origin: Origin): Promise<Operator> {
    const { issuer, subject, knownAs } = asked;
    const account = { issuer, subject };
    const bound = await operatorBy(this.#facts, { account: accountKey(account) });
    const operator =
      bound ?? (knownAs === '' ? null : await operatorBy(this.#facts, { invited: knownAs }));
    if (!operator || operator.disabled) {
      const op = beginOperation(this.#facts, origin, 'gateway');
      await this.#facts.audit.append(refusedAccount(account, operator?.id, op));
      throw failureOf(refuseAccount());
    }
    const op = beginOperation(this.#facts, origin, operator.id);
    const decide = (now: OperatorRecord | null) => bindAccount(now, { account, knownAs }, op);
    return (await changeOperator(this.#facts, operator.id, decide)).operator;
  }
}
