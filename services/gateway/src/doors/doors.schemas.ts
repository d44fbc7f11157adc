import { doorDisplay, doorId, doorSettings, newDoorSettings, oneLine } from '@latchkey/contracts';
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
    pairingExpiresAt: time.nullable().meta({
      description: 'Of the pairing code that no kiosk has used yet; null: there is none.',
    }),
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

export const lockToTest = z
  .object({
    name: z.string().max(200).meta({ description: "The door's name, typed to confirm." }),
    reason: z
      .string()
      .trim()
      .min(1, 'say why')
      .max(200)
      .regex(oneLine, 'a reason stands on one line')
      .meta({ description: 'Why it is tested; the audit keeps it.' }),
  })
  .meta({ id: 'LockToTest' });

export const lockTested = z
  .object({
    sent: z.boolean().meta({
      description: 'The broker has told the relays. If not, it may do so too late to count.',
    }),
    expiresAt: time.meta({ description: 'Relays ignore the test from then on.' }),
  })
  .meta({ id: 'LockTested' });

export const doors = z.object({ doors: z.array(door) });
export const doorParams = z.object({ id: doorId });

/** What of a door is connected just now. */
export const connected = {
  kiosks: z.int().min(0).meta({ description: 'How many kiosks are connected.' }),
  cameras: z.int().min(0).meta({ description: 'How many cameras are connected.' }),
};

export const displayAnswer = z.object({
  door: doorId,
  ...connected,
  display: doorDisplay.nullable().meta({ description: 'null: the door has shown nothing yet.' }),
});

export const reach = z
  .object({
    alarms: z
      .boolean()
      .meta({ description: 'Somebody is mailed of alarms: a guard is registered.' }),
    doors: z.array(
      z.object({
        door: doorId,
        strangers: z.boolean().meta({
          description:
            'Somebody is mailed when a stranger is turned away there, or someone enters.',
        }),
      }),
    ),
  })
  .meta({ id: 'Reach' });
