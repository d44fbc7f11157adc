import { type DoorRecord, changedDoor, doorOf, type LivingDoor } from './door.pure.js';
import { type Operation, owedAudit } from './outbox.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';
import { PAIRING_LIFE_MS } from './pairing-code.pure.js';

/** Makes a door's pairing code valid; the last one is void. What the door is for others stays as it is. */
export function createPairing(
  existing: DoorRecord | null,
  digest: string,
  op: Operation,
): Decision<LivingDoor> {
  const door = doorOf(existing);
  if (!door.ok) return door;
  const pairing = { digest, expiresAt: op.now + PAIRING_LIFE_MS };
  const next = { ...door.next, pairing };
  return accept(owing(next, [owedAudit(op, 'door.pairing-created', { door: next.id })]));
}

/**
 * Gives the door to the kiosk that shows its code: the kiosk's token is the door's, and the one before is void. A kiosk
 * that did not hear the answer and asks again gets the same; anybody else finds the code used.
 */
export function pairKiosk(
  existing: DoorRecord | null,
  asked: { readonly digest: string; readonly tokenDigest: string },
  op: Operation,
): Decision<LivingDoor> {
  const pairing = existing?.state === 'open' ? existing.pairing : null;
  if (existing?.state !== 'open' || pairing?.digest !== asked.digest) return invalid();
  if (op.now >= pairing.expiresAt) return invalid();
  const { kioskTokenDigest } = existing;
  if (pairing.used) return kioskTokenDigest === asked.tokenDigest ? accept(existing) : invalid();
  const paired = {
    ...existing,
    kioskTokenDigest: asked.tokenDigest,
    pairing: { ...pairing, used: true },
  };
  return accept(changedDoor(paired, 'kiosk-paired', op));
}

/** Takes the door's kiosk away, and a code that was not used yet; where there is neither, nothing changes. */
export function unpairKiosk(existing: DoorRecord | null, op: Operation): Decision<LivingDoor> {
  const door = doorOf(existing);
  if (!door.ok) return door;
  const { kioskTokenDigest, pairing } = door.next;
  if (kioskTokenDigest === null && !pairing) return door;
  const alone = { ...door.next, kioskTokenDigest: null, pairing: null };
  return accept(changedDoor(alone, 'kiosk-unpaired', op));
}

/** A code that is wrong, used or too old is refused alike: who tries codes learns nothing. */
function invalid() {
  return refuse(
    'LK-KSK-005',
    'The pairing code is not valid: it is wrong, was used, or is older than 10 minutes. Type the newest code of this door, or have a new one made.',
  );
}
