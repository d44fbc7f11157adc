import { Failure } from '@latchkey/runtime';
import type { ListOperatorsReply, Operator, OperatorSecrets } from '@latchkey/contracts/grpc';
import type { z } from 'zod';
import { change, failureOf } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import {
  createOperator,
  losesAdministrator,
  operatorOf,
  removeOperator,
  setPassword,
  updateOperator,
} from './domain/operator-life.pure.js';
import { announceLeaving, someoneStays, stay, stillLeaving } from './domain/operator-leave.pure.js';
import {
  describeOperator,
  type LivingOperator,
  type OperatorRecord,
  operatorsCollection,
} from './domain/operator.pure.js';
import {
  beginTotp,
  confirmTotp,
  recordSignIn,
  removeTotp,
} from './domain/operator-sign-in.pure.js';
import type { Operation } from './domain/outbox.pure.js';
import type { Decision } from './domain/refusal.pure.js';
import { changeOperator } from './operator-change.js';
import type { requests } from './requests.js';
import type { Filter } from './store/store.port.js';
import { decryptSecret, encryptSecret } from './vault.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;
type Decide<D extends OperatorRecord> = (current: OperatorRecord | null) => Decision<D>;
const PAGE = 200;

/** Operators of the console: who they are, what they may do, and what lets them in. */
export class OperatorDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  async createOperator(asked: Asked<'createOperator'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { store } = this.#facts;
    // Of any number who ask at once for the first one, the unique value `first` lets one through.
    if (asked.first && (await store.count(operatorsCollection, { state: 'active' })) > 0) {
      throw Failure.terminal('LK-AUTH-012');
    }
    const { username: id, by: _, invitedAs, ...given } = asked;
    if (given.passwordHash === '' && invitedAs === '') throw Failure.terminal('LK-OPR-005');
    const facts = {
      ...given,
      ...(invitedAs === '' ? {} : { singleSignOn: { invitedAs, account: null } }),
    };
    return await this.#change(id, (current) => createOperator(current, { id, ...facts }, op));
  }

  async getOperator(asked: Asked<'operatorRef'>): Promise<Operator> {
    return describeOperator(await this.#read(asked.username));
  }

  async getOperatorSecrets(asked: Asked<'operatorRef'>): Promise<OperatorSecrets> {
    const operator = await this.#read(asked.username);
    return {
      operator: describeOperator(operator),
      passwordHash: operator.passwordHash,
      totpSecret: this.#open(operator.id, operator.totp),
      pendingTotpSecret: this.#open(operator.id, operator.pendingTotp),
    };
  }

  async listOperators(): Promise<ListOperatorsReply> {
    const operators = await this.#find({ state: 'active' });
    return { operators: operators.map(describeOperator) };
  }

  async updateOperator(asked: Asked<'updateOperator'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { username, version: revision, name, role, disabled } = asked;
    const wanted = { name, role, disabled, revision };
    const update: Decide<LivingOperator> = (current) => updateOperator(current, wanted, op);
    const current = await this.#facts.store.get(operatorsCollection, username);
    if (!losesAdministrator(current?.document ?? null, wanted)) {
      // Made an administrator meanwhile? Then the revision is no longer the one that was read, and it is refused.
      return await this.#change(username, update);
    }
    return await this.#leaving(username, op, (decide) => this.#change(username, decide), update);
  }

  async setOperatorPassword(
    asked: Asked<'setOperatorPassword'>,
    origin: Origin,
  ): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    return await this.#change(asked.username, (current) => setPassword(current, asked, op));
  }

  async beginTotp(asked: Asked<'beginTotp'>, origin: Origin): Promise<void> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { username, secret } = asked;
    const box = encryptSecret(this.#facts.keys.masterKey, username, 'totp', Buffer.from(secret));
    await this.#change(username, (current) => beginTotp(current, box, op));
  }

  async confirmTotp(asked: Asked<'confirmTotp'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { username, secret, step } = asked;
    return await this.#change(username, (current) => {
      const pendingTotp = current?.state === 'active' ? current.pendingTotp : null;
      const isThat = this.#open(username, pendingTotp) === secret;
      return confirmTotp(current, { pendingTotp: isThat ? (pendingTotp ?? '') : '', step }, op);
    });
  }

  async removeTotp(asked: Asked<'operatorRef'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.by);
    return await this.#change(asked.username, (current) => removeTotp(current, op));
  }

  async recordSignIn(asked: Asked<'recordSignIn'>, origin: Origin): Promise<Operator> {
    const op = beginOperation(this.#facts, origin, asked.username);
    const { stamp, totpStep: step, bySubject } = asked;
    const facts = { stamp, step, bySubject };
    return await this.#change(asked.username, (current) => recordSignIn(current, facts, op));
  }

  async removeOperator(asked: Asked<'operatorRef'>, origin: Origin): Promise<void> {
    const { store, relay } = this.#facts;
    const { username } = asked;
    const op = beginOperation(this.#facts, origin, asked.by);
    await this.#leaving(
      username,
      op,
      (decide) => change(store, operatorsCollection, username, decide),
      (current) => removeOperator(current, op),
    );
    relay.nudge(operatorsCollection, username);
  }

  /** Makes a change after which the operator may be no administrator, if another one stays. */
  async #leaving<D extends OperatorRecord, Done>(
    username: string,
    op: Operation,
    write: (decide: Decide<D>) => Promise<Done>,
    decide: Decide<D>,
  ): Promise<Done> {
    const { store, nowMs } = this.#facts;
    await change(store, operatorsCollection, username, (now) => announceLeaving(now, op));
    try {
      const administrators = await this.#find({ administrator: 1 });
      const isOne = administrators.some(({ id }) => id === username);
      if (isOne && !someoneStays(username, administrators, nowMs())) {
        throw Failure.terminal('LK-OPR-004');
      }
      return await write((now) => {
        const still = stillLeaving(now, op, nowMs());
        return still.ok ? decide(now) : still;
      });
    } catch (error) {
      await change(store, operatorsCollection, username, (now) => stay(now, op)).catch(() => null);
      throw error;
    }
  }

  async #find(filter: Filter): Promise<LivingOperator[]> {
    const found: LivingOperator[] = [];
    let after = '';
    do {
      const page = await this.#facts.store.find(operatorsCollection, filter, {
        after,
        limit: PAGE,
      });
      found.push(
        ...page.items.flatMap(({ document }) => (document.state === 'active' ? [document] : [])),
      );
      after = page.next;
    } while (after !== '');
    return found;
  }

  async #read(username: string): Promise<LivingOperator> {
    const stored = await this.#facts.store.get(operatorsCollection, username);
    const found = operatorOf(stored?.document ?? null);
    if (!found.ok) throw failureOf(found);
    return found.next;
  }

  #open(username: string, box: string | null): string {
    if (box === null) return '';
    const { masterKey } = this.#facts.keys;
    return Buffer.from(decryptSecret(masterKey, username, 'totp', box)).toString();
  }

  async #change(id: string, decide: Decide<LivingOperator>): Promise<Operator> {
    return (await changeOperator(this.#facts, id, decide)).operator;
  }
}
