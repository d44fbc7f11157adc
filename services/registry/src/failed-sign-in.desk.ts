import { randomUUID } from 'node:crypto';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { failSignIn, noteFailedSignIns } from './domain/failed-sign-in.pure.js';
import { operatorsCollection } from './domain/operator.pure.js';
import { changeOperator } from './operator-change.js';
import type { requests } from './requests.js';

/** Who it was is not known: only that it was tried before the gateway. */
const BY = 'gateway';
const PAGE = 200;

/** Sign-ins that failed: what the audit tells of them. */
export class FailedSignInDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  /** Counts one. Of a name that nobody has nothing is kept: it may be a password that was typed into the wrong field. */
  async note(
    { username }: z.output<(typeof requests)['noteFailedSignIn']>,
    origin: Origin,
  ): Promise<void> {
    const op = beginOperation(this.#facts, origin, BY);
    await changeOperator(this.#facts, username, (now) => failSignIn(now, op)).catch(unlessNobody);
  }

  /** Notes those of every account that were counted since its last entry, where that is long enough ago. */
  async noteCounted(): Promise<void> {
    const wanted = { after: '', limit: PAGE };
    const { items } = await this.#facts.store.find(operatorsCollection, { unnoted: 1 }, wanted);
    for (const { id } of items) {
      const op = beginOperation(this.#facts, { correlationId: randomUUID() }, BY);
      await changeOperator(this.#facts, id, (now) => noteFailedSignIns(now, op)).catch(
        unlessNobody,
      );
    }
  }
}

function unlessNobody(error: unknown): void {
  if (!(error instanceof Failure) || error.code !== 'LK-OPR-003') throw error;
}
