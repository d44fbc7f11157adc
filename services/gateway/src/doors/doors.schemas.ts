import { doorDisplay, doorId, doorSettings, newDoorSettings } from '@latchkey/contracts';
import { z } from 'zod';
import { time } from '../http/words.schemas.js';

/** The body of POST /doors: what is left out is as the schema says. */
export const newDoor = newDoorSettings.extend({
  id: doorId.refine((id) => id !== 'overview', '`overview` is a page of this API'),
});

export const door = doorSettings
  .extend({
    id: doorId,
    hasKiosk: z.boolean().meta({ description: 'A kiosk token is valid.' }),
    createdAt: time,
    version: z.int().min(1).meta({ description: 'Also the ETag; a change must name it.' }),
  })
  .meta({ id: 'Door' });
export type DoorAnswer = z.infer<typeof door>;

export const doorWithToken = door
  .extend({
    kioskToken: z.string().meta({ description: 'Shown this once; only its digest is kept.' }),
  })
  .meta({ id: 'DoorWithToken' });

export const pairing = z
  .object({
    code: z.string().meta({
      description: 'Typed at the kiosk in any case, with or without the dash; good once.',
      examples: ['K7QM-4FXA'],
    }),
    expiresAt: time,
  })
  .meta({ id: 'Pairing' });

export const doors = z.object({ doors: z.array(door) });
export const doorParams = z.object({ id: doorId });

export const displayAnswer = z.object({
  door: doorId,
  display: doorDisplay.nullable().meta({ description: 'null: the door has shown nothing yet.' }),
});
