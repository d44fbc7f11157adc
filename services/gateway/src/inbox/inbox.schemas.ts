import { z } from 'zod';
import { time } from '../http/words.schemas.js';

const mailId = z
  .string()
  .regex(/^[a-z0-9]{1,32}$/, 'the `id` of a mail')
  .meta({ description: 'Its id.', examples: ['0mi3k2x9a1b'] });

const caught = z
  .object({
    id: mailId,
    receivedAt: time,
    from: z.string(),
    to: z.array(z.string()).meta({ description: 'Who really got it.' }),
    subject: z.string(),
    messageId: z.string().meta({ description: 'As `/deliveries` names it.' }),
  })
  .meta({ id: 'CaughtMail' });

export const inboxQuery = z.object({
  to: z.email().optional().meta({ description: 'Only what was mailed to this address.' }),
});
export const inbox = z.object({
  mails: z.array(caught).meta({ description: 'The newest first, 500 at most.' }),
});

export const mailParams = z.object({ id: mailId });
export const mail = caught
  .extend({
    text: z.string(),
    html: z.string().meta({
      description:
        'As it was mailed; its own pictures are in it as `data:` addresses. Show it in a sandbox.',
    }),
    attachments: z.array(
      z.object({
        filename: z.string(),
        contentType: z.string(),
        sizeBytes: z.int().min(0),
        inline: z.boolean().meta({ description: 'It is shown within the HTML.' }),
      }),
    ),
  })
  .meta({ id: 'CaughtMailWhole' });
export type MailAnswer = z.infer<typeof mail>;

export const attachmentParams = mailParams.extend({
  index: z
    .string()
    .regex(/^\d{1,3}$/, 'the place of an attachment, from 0')
    .transform(Number)
    .meta({ description: 'Its place in the list, from 0.', override: { type: 'string' } }),
});
