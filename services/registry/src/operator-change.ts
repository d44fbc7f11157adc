import type { Operator } from '@latchkey/contracts/grpc';
import { change } from './change.js';
import type { DeskFacts } from './desk.js';
import {
  describeOperator,
  type LivingOperator,
  type OperatorRecord,
  operatorsCollection,
} from './domain/operator.pure.js';
import type { Decision } from './domain/refusal.pure.js';
import type { Filter } from './store/store.port.js';

/** Writes what was decided of an operator, and has what they owe sent. @throws Failure with the refusal's code */
export async function changeOperator<Reply>(
  { store, relay }: DeskFacts,
  id: string,
  decide: (current: OperatorRecord | null) => Decision<LivingOperator, Reply>,
): Promise<{ operator: Operator; reply: Reply }> {
  const { stored, reply } = await change(store, operatorsCollection, id, decide);
  relay.nudge(operatorsCollection, id);
  return { operator: describeOperator(stored.document), reply };
}

/** The operator who has a unique value, such as a passkey's credential; `null`: nobody, or who was removed. */
export async function operatorBy(
  { store }: DeskFacts,
  unique: Filter,
): Promise<LivingOperator | null> {
  const { items } = await store.find(operatorsCollection, unique, { after: '', limit: 1 });
  const document = items[0]?.document;
  return document?.state === 'active' ? document : null;
}
