import type { alarmNotLive, CloudEvent, DenialReason } from '@latchkey/contracts';
import type { z } from 'zod';
import type { Announcer } from './announcer.js';

type AlarmEvent = CloudEvent<z.infer<typeof alarmNotLive.data>>;

/** Tells the guards of an alarm and, where a code was misused, the person whom the face was taken for. */
export class AlarmReport {
  readonly #announcer: Announcer;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  async report(event: AlarmEvent, reason: DenialReason): Promise<void> {
    const { person, door, evidence, at } = event.data;
    const facts = {
      cause: event.id,
      correlationId: event.correlationid,
      about: person,
      door,
      reason,
      at,
    };
    const tellsPerson = person !== null && reason !== 'not-live';
    if (tellsPerson)
      await this.#announcer.tell(person, { ...facts, occasion: 'wrong-code-as-you' });
    await this.#announcer.announce(
      { ...facts, evidence, occasion: 'guard-alarm' },
      // One who is a guard, too, and had a mail of their own needs no second.
      { audience: 'guards', except: tellsPerson ? person : null },
    );
  }
}
