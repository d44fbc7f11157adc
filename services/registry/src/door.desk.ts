import type { Door, DoorWithToken, ListDoorsReply } from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { newKioskToken } from './domain/code-text.pure.js';
import {
  createDoor,
  type DoorRecord,
  describeDoor,
  doorsCollection,
  type LivingDoor,
  removeDoor,
  renewKioskToken,
  updateDoor,
} from './domain/door.pure.js';
import type { Decision } from './domain/refusal.pure.js';
import { readSettings, type requests } from './requests.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;
const PAGE = 200;

/** Doors: their settings, and the tokens of their kiosks, each shown once. */
export class DoorDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  async createDoor(asked: Asked<'createDoor'>, origin: Origin): Promise<DoorWithToken> {
    const settings = readSettings(asked.settingsJson);
    const op = beginOperation(this.#facts, origin, asked.by);
    const { token, digest } = newKioskToken();
    const facts = { id: asked.door, settings, kioskTokenDigest: digest };
    const door = await this.#change(asked.door, (current) => createDoor(current, facts, op));
    return { door, kioskToken: token };
  }

  async getDoor(asked: Asked<'doorRef'>): Promise<Door> {
    const stored = await this.#facts.store.get(doorsCollection, asked.door);
    if (stored?.document.state !== 'open') throw Failure.terminal('LK-DOR-003');
    return describeDoor(stored.document);
  }

  async listDoors(): Promise<ListDoorsReply> {
    const doors: Door[] = [];
    let after = '';
    do {
      const page = await this.#facts.store.find(
        doorsCollection,
        { state: 'open' },
        { after, limit: PAGE },
      );
      doors.push(
        ...page.items.flatMap(({ document }) =>
          document.state === 'open' ? [describeDoor(document)] : [],
        ),
      );
      after = page.next;
    } while (after !== '');
    return { doors };
  }

  updateDoor(asked: Asked<'updateDoor'>, origin: Origin): Promise<Door> {
    const settings = readSettings(asked.settingsJson);
    const op = beginOperation(this.#facts, origin, asked.by);
    const wanted = { settings, revision: asked.version };
    return this.#change(asked.door, (current) => updateDoor(current, wanted, op));
  }

  async renewKioskToken(asked: Asked<'doorRef'>, origin: Origin): Promise<DoorWithToken> {
    const op = beginOperation(this.#facts, origin, asked.by);
    const { token, digest } = newKioskToken();
    const door = await this.#change(asked.door, (current) => renewKioskToken(current, digest, op));
    return { door, kioskToken: token };
  }

  async removeDoor(asked: Asked<'doorRef'>, origin: Origin): Promise<void> {
    const { store, relay } = this.#facts;
    const op = beginOperation(this.#facts, origin, asked.by);
    await change(store, doorsCollection, asked.door, (current) => removeDoor(current, op));
    relay.nudge(doorsCollection, asked.door);
  }

  async #change(
    id: string,
    decide: (current: DoorRecord | null) => Decision<LivingDoor>,
  ): Promise<Door> {
    const { store, relay } = this.#facts;
    const { stored } = await change(store, doorsCollection, id, decide);
    relay.nudge(doorsCollection, id);
    return describeDoor(stored.document);
  }
}
