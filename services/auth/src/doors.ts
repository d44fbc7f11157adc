import { randomUUID } from 'node:crypto';
import { type DoorPolicy, doorPolicy } from '@latchkey/contracts';
import type { Bucket, EntryChange, Logger } from '@latchkey/runtime';
import type { OnModuleDestroy } from '@nestjs/common';
import type { DoorEntry } from './saga/door-entry.pure.js';
import { DoorKeeper, type KeeperFacts } from './door-keeper.js';
import type { EffectCarrier } from './effect-carrier.js';
import { type DoorRules, doorRules, type Input } from './saga/saga.types.js';

/** What the doors are kept with. */
export interface DoorsFacts {
  readonly doors: Bucket<DoorEntry>;
  readonly policies: Bucket<DoorPolicy>;
  readonly carrier: EffectCarrier;
  readonly log: Logger;
  readonly nowMs: () => number;
}

/** All doors, as this replica keeps them. It watches their entries and their policies. */
export class Doors implements OnModuleDestroy {
  readonly #keepers = new Map<string, DoorKeeper>();
  readonly #rules = new Map<string, DoorRules>();
  readonly #keeping: KeeperFacts;
  readonly #log: Logger;
  readonly #watches: { stop(): void }[] = [];
  #areRulesKnown = false;

  private constructor(facts: DoorsFacts) {
    const { doors: bucket, carrier, log, nowMs } = facts;
    const rulesOf = (door: string) => this.#rules.get(door) ?? null;
    this.#keeping = { bucket, carrier, log, nowMs, rulesOf, me: randomUUID() };
    this.#log = log;
  }

  /** Resolves once every door's policy and entry is known. */
  static async open(facts: DoorsFacts): Promise<Doors> {
    const doors = new Doors(facts);
    // Policies first: a door that's met without one is closed.
    await new Promise<void>((known) => doors.#watchPolicies(facts.policies, known));
    await new Promise<void>((known) => doors.#watchDoors(facts.doors, known));
    return doors;
  }

  /** Tells a door what came. Resolves once it's written. @throws Failure, retryable, where the broker is away */
  async tell(door: string, input: Input): Promise<void> {
    await this.#keeperOf(door).tell(input);
  }

  /** Stops watching and waits for what is under way. */
  async onModuleDestroy(): Promise<void> {
    for (const watch of this.#watches) watch.stop();
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.close()));
  }

  #watchPolicies(policies: Bucket<DoorPolicy>, known: () => void): void {
    const changed = ({ key, value }: EntryChange<DoorPolicy>) => {
      if (value) this.#rules.set(key, doorRules.parse(doorPolicy.parse(value)));
      else this.#rules.delete(key);
      if (this.#areRulesKnown) this.#tellRules(key);
    };
    const caughtUp = () => {
      this.#areRulesKnown = true;
      known();
    };
    this.#watches.push(policies.watch({ changed, caughtUp }));
  }

  #watchDoors(doors: Bucket<DoorEntry>, known: () => void): void {
    const begins = () => {
      for (const keeper of this.#keepers.values()) keeper.forget();
    };
    const changed = ({ key, value, revision }: EntryChange<DoorEntry>) =>
      this.#keeperOf(key).learn(value && { value, revision });
    const caughtUp = () => {
      for (const door of new Set([...this.#rules.keys(), ...this.#keepers.keys()])) {
        this.#tellRules(door);
      }
      known();
    };
    this.#watches.push(doors.watch({ begins, changed, caughtUp }));
  }

  /** What fails here is mended at the next change, or when the watch begins anew. */
  #tellRules(door: string): void {
    const keeper = this.#keeperOf(door);
    const rules = this.#rules.get(door) ?? null;
    keeper
      .tell({ on: 'policy', rules })
      .then(() => keeper.showIfLost())
      .catch((err: unknown) => this.#log.warn({ err, door }, 'the policy could not be applied'));
  }

  #keeperOf(door: string): DoorKeeper {
    const known = this.#keepers.get(door);
    if (known) return known;
    const keeper = new DoorKeeper(door, this.#keeping);
    this.#keepers.set(door, keeper);
    return keeper;
  }
}
