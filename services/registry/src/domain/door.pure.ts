import {
  type DoorChange,
  type DoorPolicy,
  type DoorSettings,
  doorChanged,
  doorCreated,
  doorRemoved,
} from '@latchkey/contracts';
import type { Door } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';
import { type Operation, type OutboxItem, owedAudit, owedEvent, owedSync } from './outbox.pure.js';
import { differing } from './audit.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

interface Pairing {
  readonly digest: string;
  /** From then on it is refused. */
  readonly expiresAt: number;
  readonly used?: boolean;
}

export interface LivingDoor {
  readonly id: string;
  readonly state: 'open';
  readonly settings: DoorSettings;
  /** SHA-256 of the kiosk's token, base64url; `null`: no kiosk may stand there. */
  readonly kioskTokenDigest: string | null;
  /** The code by which a kiosk may be paired, as its keyed digest; `used`: one has been. */
  readonly pairing?: Pairing | null;
  /** When its lock was tested last, in milliseconds since 1970. */
  readonly lockTestedAt?: number;
  /** Counts the changes of settings and token, from 1: what an operator's change is held against. */
  readonly revision: number;
  readonly createdAt: number;
  readonly outbox: readonly OutboxItem[];
}

export interface RemovedDoor {
  readonly id: string;
  readonly state: 'gone';
  /** Goes on counting should the door come back, so that a late policy never wins. */
  readonly revision: number;
  readonly outbox: readonly OutboxItem[];
}

export type DoorRecord = LivingDoor | RemovedDoor;

/** Where doors lie. */
export const doorsCollection: CollectionDefinition<DoorRecord> = {
  name: 'doors',
  indexes: { state: {}, owes: {}, pairing: { unique: true } },
  keysOf: (door) => ({
    state: door.state,
    owes: door.outbox.length > 0 ? 1 : undefined,
    pairing: door.state === 'open' ? door.pairing?.digest : undefined,
  }),
};

/** Adds a door; one that was removed before may come back. */
export function createDoor(
  existing: DoorRecord | null,
  facts: { id: string; settings: DoorSettings; kioskTokenDigest: string },
  op: Operation,
): Decision<LivingDoor> {
  if (existing?.state === 'open') {
    return refuse('LK-DOR-002', `The door id ${facts.id} is taken. Choose another id.`);
  }
  const door: LivingDoor = {
    ...facts,
    state: 'open',
    revision: (existing?.revision ?? 0) + 1,
    createdAt: op.now,
    outbox: existing?.outbox ?? [],
  };
  return accept(
    owing(door, [
      owedAudit(op, 'door.created', { door: facts.id, after: facts.settings }),
      owedSync(op),
      owedEvent(op, doorCreated, {}, { door: facts.id, at: op.now }),
    ]),
  );
}

/** Changes a door's settings if they are still those of `revision`. */
export function updateDoor(
  existing: DoorRecord | null,
  change: { settings: DoorSettings; revision: number },
  op: Operation,
): Decision<LivingDoor> {
  const door = doorOf(existing);
  if (!door.ok) return door;
  if (door.next.revision !== change.revision) {
    return refuse(
      'LK-STO-002',
      `The door was changed meanwhile: expected version ${door.next.revision}, got ${change.revision}. Read it again, then repeat the change.`,
    );
  }
  const { settings } = change;
  const differs = differing(door.next.settings, settings);
  return accept(changedDoor({ ...door.next, settings }, 'settings', op, differs));
}

/** Gives a door's kiosk a new token; the last one is void. */
export function renewKioskToken(
  existing: DoorRecord | null,
  kioskTokenDigest: string,
  op: Operation,
): Decision<LivingDoor> {
  const door = doorOf(existing);
  if (!door.ok) return door;
  return accept(changedDoor({ ...door.next, kioskTokenDigest }, 'kiosk-token', op));
}

/** Takes a door away. */
export function removeDoor(existing: DoorRecord | null, op: Operation): Decision<RemovedDoor> {
  const door = doorOf(existing);
  if (!door.ok) return door;
  const { id, revision, settings, outbox } = door.next;
  return accept(
    owing({ id, state: 'gone', revision, outbox }, [
      owedAudit(op, 'door.removed', { door: id, before: settings }),
      owedSync(op),
      owedEvent(op, doorRemoved, {}, { door: id, at: op.now }),
    ]),
  );
}

const actionOf = {
  settings: 'door.changed',
  'kiosk-token': 'door.token-renewed',
  'kiosk-paired': 'door.paired',
  'kiosk-unpaired': 'door.unpaired',
} as const satisfies Record<DoorChange, string>;

/** A door whose settings or token changed, with the news of it; `differs`: the settings, as they were and as they are. */
export function changedDoor(
  door: LivingDoor,
  what: DoorChange,
  op: Operation,
  differs: { readonly before?: object; readonly after?: object } = {},
): LivingDoor {
  return owing({ ...door, revision: door.revision + 1 }, [
    owedAudit(op, actionOf[what], { door: door.id, ...differs }),
    owedSync(op),
    owedEvent(op, doorChanged, {}, { door: door.id, at: op.now, what }),
  ]);
}

/** The door, or a refusal where there is none. */
export function doorOf(existing: DoorRecord | null): Decision<LivingDoor> {
  if (existing?.state === 'open') return accept(existing);
  return refuse('LK-DOR-003', 'There is no such door. Create it first, or see the list of doors.');
}

/** What the `policy` bucket says of a door. */
export function policyOf(door: LivingDoor): DoorPolicy {
  const { id, settings, kioskTokenDigest, revision } = door;
  return { ...settings, door: id, kioskTokenDigest, version: revision };
}

/** A door as the registry tells of it. */
export function describeDoor(door: LivingDoor): Door {
  return {
    door: door.id,
    settingsJson: JSON.stringify(door.settings),
    version: door.revision,
    createdAt: door.createdAt,
    hasKiosk: door.kioskTokenDigest !== null,
    pairingExpiresAt: door.pairing && !door.pairing.used ? door.pairing.expiresAt : 0,
  };
}
