import {
  accessGranted,
  alarmDuress,
  type DoorDisplay,
  faultsOf,
  shortTypeOf,
} from '@latchkey/contracts';
import {
  type Bucket,
  type Bus,
  type Logger,
  type Objects,
  publishEvent,
  type Report,
  type Signer,
  signOpening,
} from '@latchkey/runtime';
import type { Done } from './saga/door-entry.pure.js';
import type { RegistryClient } from './registry.client.js';
import { definitionOf } from './saga/saga.events.js';
import type { Effect, EffectOf } from './saga/saga.types.js';
import { sentenceOf } from './saga/sentences.js';

/** What effects are carried out with. */
export interface CarrierFacts {
  readonly bus: Bus;
  readonly registry: RegistryClient;
  readonly display: Bucket<DoorDisplay>;
  readonly snapshots: Objects;
  readonly evidence: Objects;
  readonly report: Report;
  readonly signer: Signer;
  readonly log: Logger;
}

type Outcome = Omit<Done, 'n'>;

/** Carries out what the saga owes. Each effect may be carried out twice: another replica may have been faster. */
export class EffectCarrier {
  readonly #with: CarrierFacts;

  constructor(facts: CarrierFacts) {
    this.#with = facts;
  }

  /** @throws Failure, retryable, where an event could not be stored */
  async carry(door: string, effect: Effect): Promise<Outcome> {
    switch (effect.do) {
      case 'publish':
        return await this.#publish(door, effect);
      case 'keep-photograph':
        return { isLost: !(await this.#keep(effect)) };
      case 'show':
        return await this.#show(door, effect);
      case 'use-code':
        return await this.#useCode(door, effect);
      case 'send-new-code':
        break;
    }
    const outcome = await this.#with.registry.sendNewCode(effect);
    return { answer: { on: 'new-code-answered', attempt: effect.attempt, outcome } };
  }

  /** Shows it again where the display was lost, for its bucket lies in the broker's memory. */
  async showIfLost(door: string, effect: EffectOf<'show'>): Promise<void> {
    if ((await this.#with.display.get(door)) === null) await this.#show(door, effect);
  }

  async #publish(door: string, effect: EffectOf<'publish'>): Promise<Outcome> {
    const { bus, report, log } = this.#with;
    const { id, attempt: correlationId, at: timeMs, type } = effect;
    const definition = definitionOf(type);
    const { data, error } = definition.data.safeParse(this.#signed(effect));
    if (error) {
      // It can never be told; to keep it would hold up all that comes after it at this door.
      const facts = { type, correlationId, errorCode: 'LK-BUS-004', faults: faultsOf(error) };
      log.error(facts, 'an event is not as defined');
      return {};
    }
    const facts = { id, correlationId, timeMs, data };
    const { duplicate } = await publishEvent(bus, definition, { door }, facts);
    const { reason } = effect.data;
    const outcome = typeof reason === 'string' ? { outcome: reason } : {};
    // The same event from two replicas happened once.
    // A duress alarm is for guards: not for whoever reads logs and figures.
    if (!duplicate && type !== alarmDuress.type)
      report(shortTypeOf(type), { door }, { correlationId, ...outcome });
    return {};
  }

  /** A grant opens a lock, so it carries a proof that it is ours. Replicas that tell it twice sign the same. */
  #signed({ id, type, data }: EffectOf<'publish'>): object {
    return type === accessGranted.type ? signOpening(this.#with.signer, { id, data }) : data;
  }

  async #keep({ from, to }: EffectOf<'keep-photograph'>): Promise<boolean> {
    const { snapshots, evidence, log } = this.#with;
    try {
      if (await snapshots.copyTo(evidence, from, to)) return true;
      return (await evidence.get(to)) !== null;
    } catch (err) {
      // A denial isn't held up by a photograph.
      log.error({ err, evidence: to }, 'a photograph could not be kept');
      return false;
    }
  }

  async #show(door: string, { display, person }: EffectOf<'show'>): Promise<Outcome> {
    const known = person
      ? await this.#with.registry.contactOf(person, display.attempt ?? door)
      : null;
    const named = { ...display, name: known?.name ?? null, language: known?.language ?? null };
    try {
      await this.#with.display.put(door, { ...named, sentence: sentenceOf(named) });
    } catch (err) {
      // What is decided and owed after it matters more than what is shown.
      this.#with.log.warn({ err, door }, 'a display could not be shown');
    }
    return {};
  }

  async #useCode(door: string, effect: EffectOf<'use-code'>): Promise<Outcome> {
    const { bus, registry } = this.#with;
    const { attempt, frame } = effect;
    const answer = await registry.useCode(effect, door, bus.nowMs());
    return answer
      ? { answer: { on: 'code-checked', attempt, frame, answer } }
      : { answer: { on: 'no-answer', attempt, frame } };
  }
}
