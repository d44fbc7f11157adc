import { z } from 'zod';
import { doorId } from './words.js';

/** What an integrator is given: the events of one kind at one door, or `*`: of all. */
export const given = z.object({
  stream: z.enum(['ACCESS', 'ALARMS']),
  door: z.union([z.literal('*'), doorId]),
  kind: z.union([z.literal('*'), z.string().regex(/^[a-z][a-z-]{0,40}$/)]),
});
export type Given = z.infer<typeof given>;

const guestName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/)
  .meta({ description: 'Small letters, digits and -; the name of its key files.' });

/** Who is on the bus without being a service: a door's relay, or an integrator. */
export const guest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('relay'),
    name: guestName,
    door: doorId,
    mqtt: z
      .string()
      .regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/)
      .optional()
      .meta({ description: 'It speaks MQTT, and this is the bcrypt digest of its password.' }),
  }),
  z.object({
    kind: z.literal('integrator'),
    name: guestName,
    given: z.array(given).min(1).max(64),
  }),
]);
export type Guest = z.infer<typeof guest>;

/** All guests of a campus, as their file holds them. */
export const guestList = z.array(guest);
