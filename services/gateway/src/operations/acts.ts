import type { OperatorAct } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { type Logger, toFailure } from '@latchkey/runtime';
import type { RegistryClient } from '../registry.client.js';

/** Who does it, within which request. */
export interface Doing {
  readonly by: string;
  readonly correlationId: string;
}

/** What an operator is about to do. */
export interface Act {
  readonly action: OperatorAct;
  /** To what: the number of a dead letter, the id of a delivery. */
  readonly subject: string;
  readonly person?: string | null;
  readonly detail?: string;
}

/** Has the registry note what operators do without it. */
export class Acts {
  readonly #registry: Pick<RegistryClient, 'call'>;
  readonly #log: Logger;

  constructor(registry: Pick<RegistryClient, 'call'>, log: Logger) {
    this.#registry = registry;
    this.#log = log;
  }

  /**
   * Does something that is noted before it begins, and how it ended afterwards. What cannot be noted is not done; where
   * only its end cannot be, its entry goes on saying `begun`.
   * @throws whatever the work throws, or Failure LK-BUS-003 or LK-STO-001 where the registry cannot note it
   */
  async noted<Result extends { readonly outcome: string }>(
    act: Act,
    doing: Doing,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const end = await this.begun(act, doing);
    try {
      const result = await work();
      await end(result.outcome);
      return result;
    } catch (error) {
      await end(toFailure(error).code);
      throw error;
    }
  }

  /**
   * Notes that something begins that goes on after the answer has begun. @returns notes how it ended: a word, or a code
   * @throws Failure LK-BUS-003 or LK-STO-001 where the registry cannot note it: then it is not done
   */
  async begun(act: Act, doing: Doing): Promise<(outcome: string) => Promise<void>> {
    const { by, correlationId } = doing;
    const { action, subject, person, detail = '' } = act;
    const begun = { by, action, subject, person: person ?? '', door: '', detail };
    const { id } = await this.#registry.call(Registry.beginAct, begun, { correlationId });
    return (outcome) => this.#end(id, outcome, doing);
  }

  async #end(id: string, outcome: string, { by, correlationId }: Doing): Promise<void> {
    try {
      await this.#registry.call(Registry.endAct, { id, by, outcome }, { correlationId });
    } catch (err) {
      this.#log.warn({ err, act: id, outcome }, 'how an act ended could not be noted');
    }
  }
}
