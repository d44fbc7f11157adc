import { doorDisplay, personId } from '@latchkey/contracts';
import { z } from 'zod';
import { connected, door } from '../doors/doors.schemas.js';
import { time } from '../http/words.schemas.js';

/** An event in a line. */
const eventLine = z
  .object({
    id: z.string().meta({ description: "The event's id." }),
    type: z.string(),
    at: time,
    person: personId.nullable().meta({ description: 'Whom it is about, by id.' }),
    reason: z.string().nullable().meta({ description: 'Why, where it is an end or an alarm.' }),
  })
  .meta({ id: 'EventLine' });
export type EventLine = z.infer<typeof eventLine>;

const doorNow = door
  .extend({
    display: doorDisplay
      .nullable()
      .meta({ description: 'What it shows now; null: nothing yet, since the broker started.' }),
    online: z.boolean().meta({ description: 'A kiosk or a camera of it is connected.' }),
    ...connected,
    last: eventLine.nullable().meta({ description: 'The newest event there.' }),
  })
  .meta({ id: 'DoorNow' });

export const overview = z.object({ doors: z.array(doorNow) });
export type OverviewAnswer = z.infer<typeof overview>;
