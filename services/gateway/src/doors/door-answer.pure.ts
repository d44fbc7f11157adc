import { doorSettings } from '@latchkey/contracts';
import type { Door } from '@latchkey/contracts/grpc';
import type { DoorAnswer } from './doors.schemas.js';

/** A door as the API tells of it. */
export function toDoorAnswer(door: Door): DoorAnswer {
  return {
    id: door.door,
    ...doorSettings.parse(JSON.parse(door.settingsJson)),
    hasKiosk: door.hasKiosk,
    pairingExpiresAt:
      door.pairingExpiresAt > 0 ? new Date(door.pairingExpiresAt).toISOString() : null,
    createdAt: new Date(door.createdAt).toISOString(),
    version: door.version,
  };
}
