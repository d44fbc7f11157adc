import { operatorRole, personName, username } from '@latchkey/contracts';
import { z } from 'zod';
import { time } from '../http/words.schemas.js';
import { PASSWORD_MAX, PASSWORD_MIN } from './password-rule.pure.js';
import { invitedAs, singleSignOn } from './single-sign-on.schemas.js';

const length = `a password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`;
const newPassword = z.string().min(PASSWORD_MIN, length).max(PASSWORD_MAX, length).meta({
  description: 'A new password, without the username in it.',
});
/** Whatever was typed: it is compared, not judged. */
const typedPassword = z.string().min(1).max(PASSWORD_MAX);
const code = z
  .string()
  .regex(/^\d{6}$/, 'the six digits that the authenticator shows')
  .meta({ description: 'The code that the authenticator shows now.', examples: ['492039'] });

/** The body of POST /sign-in. A username is any text here: what is no username is nobody’s. */
export const signInBody = z.object({
  username: z.string().trim().toLowerCase().min(1).max(100),
  password: typedPassword,
  code: code.optional(),
});

export const me = z
  .object({
    operator: z.object({
      username: z.string(),
      name: z.string(),
      role: operatorRole,
      totp: z.boolean().meta({ description: 'Whether there is a second factor.' }),
      password: z.boolean().meta({ description: 'Whether there is a password.' }),
    }),
    may: z.array(z.string()).meta({ description: 'All that the role may do, by route id.' }),
    signOutUrl: z.url().optional().meta({
      description: 'Where one signs out at the single sign-on, too, if one signed in by it.',
    }),
    idleMinutes: z.int().min(1).meta({ description: 'After so long without activity it is over.' }),
    site: z.object({
      inbox: z.boolean().meta({ description: 'Whether mails are caught here and can be read.' }),
      kiosk: z
        .object({
          url: z.url().optional().meta({ description: 'On the devices at the doors.' }),
          localUrl: z.url().optional().meta({ description: 'On capture’s own machine.' }),
        })
        .meta({ description: 'Where a door’s screen is opened, as far as the settings say.' }),
      version: z.string(),
    }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const firstAdministrator = z.object({
  needed: z.boolean().meta({ description: 'Whether there is no operator yet.' }),
});
export const newAdministrator = z.object({
  token: z.string().min(1).max(100).meta({ description: 'What the one-time link ends in.' }),
  username,
  name: personName,
  password: newPassword,
});

export const passwordChange = z.object({ current: typedPassword, next: newPassword });
export const totpSecret = z.object({
  secret: z.string().meta({ description: 'To be typed into an authenticator, base32.' }),
  uri: z.string().meta({ description: 'The same as an address, to be shown as a QR code.' }),
});
export const totpCode = z.object({ code });
export const ownPassword = z.object({ password: typedPassword });

export const operator = z
  .object({
    username,
    name: z.string(),
    role: operatorRole,
    totp: z.boolean(),
    passkeys: z.int().min(0).meta({ description: 'How many passkeys they have.' }),
    disabled: z.boolean(),
    password: z.boolean().meta({ description: 'Whether they can sign in with a password.' }),
    singleSignOn: singleSignOn.nullable().meta({ description: 'null: they cannot.' }),
    createdAt: time,
    lastSignInAt: time.nullable(),
    version: z.int().min(1),
  })
  .meta({ id: 'Operator' });
export type OperatorAnswer = z.infer<typeof operator>;
export const operators = z.object({ operators: z.array(operator) });
export const operatorParams = z.object({ username });
/** With a password, or invited to sign in by single sign-on, or both. */
export const newOperator = z
  .object({
    username,
    name: personName,
    role: operatorRole,
    password: newPassword.optional(),
    singleSignOn: invitedAs.optional(),
  })
  .refine(({ password, singleSignOn: way }) => password !== undefined || way !== undefined, {
    path: ['password'],
    message: 'expected a password, or who they are at the single sign-on',
  });
export const operatorChange = z.object({
  name: personName,
  role: operatorRole,
  disabled: z.boolean().meta({ description: 'May not sign in.' }),
});
export const passwordReset = z.object({
  password: newPassword,
  removeTotp: z
    .boolean()
    .default(false)
    .meta({ description: 'Take the second factor away, too: for those who lost it.' }),
});
