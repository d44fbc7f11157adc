import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';
import { parseAddress } from './mail-address.pure.js';

const flag = z
  .enum(['0', '1', 'false', 'true'])
  .transform((value) => value === '1' || value === 'true');

/** The settings of notify; keys are the variables' names. */
export const notifyConfig = z.object({
  ...commonConfig,
  LK_REGISTRY_URL: z
    .string()
    .regex(/^[^\s/:]+:\d{1,5}$/, 'must be host:port')
    .default('127.0.0.1:7420')
    .meta({ description: "the address of the registry's gRPC" }),
  SMTP_URL: z
    .string()
    .regex(
      /^smtps?:\/\/[^\s/@]+\/?$/,
      'must be smtp://host:port or smtps://host:port, without a login in it',
    )
    .meta({ description: 'the mail server' }),
  SMTP_USER: z.string().optional().meta({ description: 'the login at the mail server' }),
  SMTP_PASS: z.string().optional().meta({ description: 'the password at the mail server' }),
  SMTP_CA_FILE: z
    .string()
    .optional()
    .meta({ description: 'a PEM file with the certificate to trust, beside those of the system' }),
  LK_SMTP_ALLOW_PLAINTEXT: flag
    .default(false)
    .meta({ description: '1: send also where the server offers no TLS' }),
  LK_MAIL_FROM: z
    .string()
    .default('Latchkey <latchkey@localhost>')
    .transform((text, context) => {
      const address = parseAddress(text);
      if (address) return address;
      context.addIssue({ code: 'custom', message: 'must be address or Name <address>' });
      return z.NEVER;
    })
    .meta({ description: 'the sender of the mails' }),
  LK_REGISTRATIONS_TO: z
    .enum(['everyone', 'guards', 'nobody'])
    .default('everyone')
    .meta({ description: 'who hears of registrations' }),
  LK_GATHER_S: z.coerce.number().int().min(1).max(86_400).default(600).meta({
    description:
      'for how many seconds further strangers at a door, or alarms alike, are gathered into one mail',
  }),
  LK_NEWS_MAX_AGE_H: z.coerce.number().positive().max(2_160).default(24).meta({
    description: 'for how many hours something that happened is still news to be mailed',
  }),
  LK_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
    .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
    .meta({ description: 'the time zone of times in mails' }),
});

/** The settings of notify, read. */
export type NotifyConfig = z.infer<typeof notifyConfig>;

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
