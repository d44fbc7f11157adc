import type { Announcer } from './announcer.js';
import type { DoorPolicies } from './door-policy.store.js';
import type { Gathered, Happening } from './gathering-window.pure.js';

/** Mails one stranger or alarm, or one mail that counts several. */
export class GatheredMails {
  readonly #announcer: Announcer;
  readonly #doors: DoorPolicies;

  constructor(announcer: Announcer, doors: DoorPolicies) {
    this.#announcer = announcer;
    this.#doors = doors;
  }

  /** @param one the only one, or the last of `count` */
  async announce(what: Gathered, one: Happening, count: number): Promise<void> {
    if (what.reason === 'unknown') await this.#announceStranger(what, one, count);
    else await this.#announceAlarm(what, one, count);
  }

  /** To those who hear of the door. */
  async #announceStranger({ door, reason }: Gathered, one: Happening, count: number) {
    const { audience, group } = await this.#doors.factsOf(door);
    const { event: cause, ...facts } = one;
    await this.#announcer.announce(
      { ...facts, cause, occasion: 'unknown-visitor', door, reason, count },
      { audience, group },
    );
  }

  /** To the guards and, where a code was misused, to the person whom the face was taken for. */
  async #announceAlarm({ door, reason, person }: Gathered, one: Happening, count: number) {
    const { event: cause, correlationId, evidence, at } = one;
    const facts = { cause, correlationId, about: person, door, reason, count, at };
    const tellsPerson = person !== null && reason !== 'not-live';
    if (tellsPerson) {
      await this.#announcer.tell(person, { ...facts, occasion: 'wrong-code-as-you' });
    }
    await this.#announcer.announce(
      { ...facts, evidence, occasion: 'guard-alarm' },
      // One who is a guard, too, and had a mail of their own needs no second.
      { audience: 'guards', except: tellsPerson ? person : null },
    );
  }
}
