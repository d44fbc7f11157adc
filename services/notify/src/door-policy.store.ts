import type { Audience, DoorPolicy } from '@latchkey/contracts';
import type { Bucket } from '@latchkey/runtime';

/** What notify needs to know of a door. */
export interface DoorFacts {
  readonly name: string;
  readonly audience: Audience;
  readonly group: string;
}

/** The doors' names and whom they tell, from the bucket `policy`. */
export class DoorPolicies {
  readonly #policies: Pick<Bucket<DoorPolicy>, 'get'>;

  constructor(policies: Pick<Bucket<DoorPolicy>, 'get'>) {
    this.#policies = policies;
  }

  /** Where nothing says who hears (the door was removed since, or its group has no name), guards do. */
  async factsOf(door: string): Promise<DoorFacts> {
    const policy = (await this.#policies.get(door))?.value;
    if (!policy) return { name: door, audience: 'guards', group: '' };
    const { name, audience, group } = policy;
    if (audience === 'group' && !group) return { name, audience: 'guards', group: '' };
    return { name, audience, group: group ?? '' };
  }
}
