import { z } from 'zod';
import { oneLine } from './names.js';

/** What an operator may do; the gateway's permission table says what that is, route by route. */
export const operatorRole = z
  .enum(['administrator', 'enroller', 'guard', 'auditor'])
  .meta({ description: 'What the operator may do.' });
export type OperatorRole = z.infer<typeof operatorRole>;

/** Under these names programs act; `token` is the holder of the operator token. */
const programs = [
  'token',
  'operator',
  'unnamed',
  'auth',
  'capture',
  'face',
  'gateway',
  'kiosk',
  'notify',
  'qr',
  'registry',
];

/** By what an operator signs in and is known in the audit; upper case is made lower. */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z](?:[a-z0-9._-]{0,30}[a-z0-9])$/,
    'a username is 2-32 letters, digits and inner . _ -, beginning with a letter',
  )
  .refine((name) => !programs.includes(name), 'a program has this name')
  .meta({ description: 'By what the operator signs in.', examples: ['asha.rao'] });

/** What an operator calls a passkey. */
export const passkeyName = z
  .string()
  .trim()
  .min(1, 'a name has at least one character')
  .max(60, 'a name has at most 60 characters')
  .regex(oneLine, 'stands on one line')
  .meta({ description: 'What you call it.', examples: ['My phone'] });
