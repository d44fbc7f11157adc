import { randomUUID } from 'node:crypto';
import { type DoorPolicy, doorPolicy } from '@latchkey/contracts';
import type { Bucket, EntryChange, Logger } from '@latchkey/runtime';
import type { OnModuleDestroy } from '@nestjs/common';
import { DoorKeeper, type KeeperFacts } from './door-keeper.js';
import type { EffectCarrier } from './effect-carrier.js';
import { FOREIGN, type KeptEntry } from './signed-doors.js';
import { doorRules, type Input, type InputOf } from './saga/saga.types.js';

/** What the doors are kept with. */
export interface DoorsFacts {
  readonly doors: Bucket<KeptEntry>;
  readonly policies: Bucket<DoorPolicy>;
  readonly carrier: EffectCarrier;
  readonly log: Logger;
  readonly nowMs: () => number;
}

type Policy = Pick<InputOf<'policy'>, 'rules' | 'revision'>;

/** All doors, as this replica keeps them. It watches their entries and their policies. */
export class Doors implements OnModuleDestroy {
  readonly #keepers = new Map<string, DoorKeeper>();
  readonly #policies = new Map<string, Policy>();
  readonly #keeping: KeeperFacts;
  readonly #log: Logger;
  readonly #watches: { stop(): void }[] = [];
  #isOpen = false;

  private constructor(facts: DoorsFacts) {
    const { doors: bucket, carrier, log, nowMs } = facts;
    const policyOf = (door: string) => this.#policyOf(door);
    this.#keeping = { bucket, carrier, log, nowMs, policyOf, me: randomUUID() };
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
    const changed = ({ key, value, revision }: EntryChange<DoorPolicy>) => {
      const rules = value && doorRules.parse(doorPolicy.parse(value));
      this.#policies.set(key, { rules, revision });
      if (this.#isOpen) this.#tellPolicy(key, false);
    };
    const caughtUp = () => {
      if (this.#isOpen) this.#tellPolicies();
      known();
    };
    this.#watches.push(policies.watch({ changed, caughtUp }));
  }

  #watchDoors(doors: Bucket<KeptEntry>, known: () => void): void {
    const begins = () => {
      for (const keeper of this.#keepers.values()) keeper.forget();
    };
    const changed = ({ key, value, revision }: EntryChange<KeptEntry>) => {
      this.#keeperOf(key).learn(value && { value, revision });
      if (value === FOREIGN) this.#beginAnew(key);
    };
    const caughtUp = () => {
      this.#isOpen = true;
      this.#tellPolicies();
      known();
    };
    this.#watches.push(doors.watch({ begins, changed, caughtUp }));
  }

  /** Nothing of what somebody else wrote there counts. */
  #beginAnew(door: string): void {
    this.#log.error({ door }, 'somebody else wrote what a door does; the door begins anew');
    if (this.#isOpen) this.#tellPolicy(door, true);
  }

  #tellPolicies(): void {
    for (const door of new Set([...this.#policies.keys(), ...this.#keepers.keys()])) {
      this.#tellPolicy(door, true);
    }
  }

  /** What fails here is mended at the next change, or when the watch begins anew. */
  #tellPolicy(door: string, isRead: boolean): void {
    const keeper = this.#keeperOf(door);
    keeper
      .tell({ on: 'policy', ...this.#policyOf(door), isRead })
      .then(() => keeper.showIfLost())
      .catch((err: unknown) => this.#log.warn({ err, door }, 'the policy could not be applied'));
  }

  #policyOf(door: string): Policy {
    return this.#policies.get(door) ?? { rules: null, revision: 0 };
  }

  #keeperOf(door: string): DoorKeeper {
    const known = this.#keepers.get(door);
    if (known) return known;
    const keeper = new DoorKeeper(door, this.#keeping);
    this.#keepers.set(door, keeper);
    return keeper;
  }
}
