import { cloudEventEnvelope } from '@latchkey/contracts';
import { z } from 'zod';

import { time } from '../http/words.schemas.js';
import { auditEntry, deliveryAnswer } from '../operations/operations.schemas.js';
import { person } from './people.schemas.js';

/** All that is held on one person. */
export const held = z
  .object({
    at: time.meta({ description: 'When it was put together.' }),
    person: person.meta({ description: 'The record, with what was agreed to, when and by whom.' }),
    templates: z.object({
      held: z.int().min(0).meta({ description: 'How many face templates are kept.' }),
      how: z.string().meta({ description: 'What such a template is and how it is kept.' }),
    }),
    events: z.array(cloudEventEnvelope).meta({
      description: 'Entries, denials and all else that names the person, the newest first.',
    }),
    photographs: z.array(z.string()).meta({
      description:
        'Keys of the photographs kept of denials that name the person: `/evidence/{key}`.',
    }),
    mails: z
      .array(deliveryAnswer)
      .meta({ description: 'What was mailed to the person, and when.' }),
    audit: z.array(auditEntry).meta({
      description: 'What operators and the registry did about the person, the newest first.',
    }),
  })
  .meta({ id: 'Held' });
