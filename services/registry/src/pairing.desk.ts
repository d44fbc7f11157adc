import type { KioskPairing } from '@latchkey/contracts';
import type { Pairing } from '@latchkey/contracts/grpc';
import { allKeys, Failure, open, type Held } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { type DoorRecord, doorsCollection, type LivingDoor } from './domain/door.pure.js';
import type { Operation } from './domain/outbox.pure.js';
import { createPairing, pairKiosk, unpairKiosk } from './domain/pairing.pure.js';
import { newPairingCode, PAIRING_LIFE_MS, pairingDigestsOf } from './domain/pairing-code.pure.js';
import type { Decision } from './domain/refusal.pure.js';
import { checked, requests } from './requests.js';
import { WrongTries } from './wrong-tries.js';

type DoorRef = z.output<typeof requests.doorRef>;

/** Kiosks: paired with a door by a one-time code, and parted from it. */
export class PairingDesk {
  readonly #facts: DeskFacts;
  readonly #wrong = new WrongTries();

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  /** A code for a door; its text is answered this once. */
  async createPairing({ door, by }: DoorRef, origin: Origin): Promise<Pairing> {
    const op = beginOperation(this.#facts, origin, by);
    const code = newPairingCode();
    const [digest = ''] = pairingDigestsOf(allKeys(this.#facts.keys.pepper), code);
    await this.#change(door, (current) => createPairing(current, digest, op));
    return { door, code, expiresAt: op.now + PAIRING_LIFE_MS };
  }

  /**
   * Pairs the kiosk that made a token with the door of the code that was typed there.
   * @param sealed a `kioskPairing`, sealed for the registry
   * @throws Failure LK-KSK-005 where the code is not valid; LK-KSK-006 for a minute after ten wrong ones, valid or not
   */
  async pairKiosk(sealed: string, origin: Origin): Promise<{ door: string; name: string }> {
    const asked = checked(requests.pairKiosk, opened(this.#facts.keys.seed, sealed));
    const op = beginOperation(this.#facts, origin, 'kiosk');
    const waitMs = this.#wrong.begin(op.now);
    if (waitMs > 0) throw tooMany(waitMs);
    try {
      const { id, settings } = await this.#pair(asked, op);
      this.#wrong.forgive(op.now);
      return { door: id, name: settings.name };
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'LK-KSK-005') this.#wrong.forgive(op.now);
      throw error;
    }
  }

  async unpairKiosk({ door, by }: DoorRef, origin: Origin): Promise<void> {
    const op = beginOperation(this.#facts, origin, by);
    await this.#change(door, (current) => unpairKiosk(current, op));
  }

  async #pair({ code, tokenDigest }: KioskPairing, op: Operation): Promise<LivingDoor> {
    const digests = pairingDigestsOf(allKeys(this.#facts.keys.pepper), code);
    const { id, digest } = await this.#doorOf(digests);
    return this.#change(id, (current) => pairKiosk(current, { digest, tokenDigest }, op));
  }

  async #doorOf(digests: readonly string[]): Promise<{ id: string; digest: string }> {
    const filter = { pairing: { in: digests } };
    const page = await this.#facts.store.find(doorsCollection, filter, { after: '', limit: 1 });
    const [found] = page.items;
    const kept = found && 'pairing' in found.document ? found.document.pairing : null;
    // No door has the empty id: refused like any other code that is not valid.
    return { id: found?.id ?? '', digest: kept?.digest ?? '' };
  }

  async #change(
    id: string,
    decide: (current: DoorRecord | null) => Decision<LivingDoor>,
  ): Promise<LivingDoor> {
    const { store, relay } = this.#facts;
    const { stored } = await change(store, doorsCollection, id, decide);
    relay.nudge(doorsCollection, id);
    return stored.document;
  }
}

function tooMany(waitMs: number): Failure {
  const message = `Too many wrong pairing codes were tried. Wait ${Math.ceil(waitMs / 1_000)} s, then type the code again.`;
  return Failure.terminal('LK-KSK-006', message, { retryAfterMs: waitMs });
}

function opened(seed: Held<string>, sealed: string): unknown {
  const text = new TextDecoder().decode(open(seed, sealed));
  try {
    return JSON.parse(text);
  } catch {
    // The cause would quote the code.
    throw Failure.terminal('LK-REQ-001', 'The sealed pairing is no JSON.');
  }
}
