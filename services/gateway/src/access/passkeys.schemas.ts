import { passkeyName } from '@latchkey/contracts';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { time } from '../http/words.schemas.js';
import { ownPassword } from './access.schemas.js';

/** Base64url of so many bytes at most. */
const bytes = (most: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[\w-]+$/, 'expected base64url');
/** WebAuthn, 4: an id has 1023 bytes at most. */
const credentialId = bytes(1_023);
const clientDataJSON = bytes(4_096);
const kind = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

/** What `navigator.credentials.get` gives, as JSON (`AuthenticationResponseJSON`). */
export const assertion = z.object({
  ...kind,
  response: z.object({
    clientDataJSON,
    authenticatorData: bytes(8_192),
    signature: bytes(8_192),
    userHandle: bytes(64).optional(),
  }),
});
export type Assertion = z.infer<typeof assertion>;

/** What `navigator.credentials.create` gives, as JSON (`RegistrationResponseJSON`). */
export const attestation = z.object({
  ...kind,
  response: z.object({
    clientDataJSON,
    attestationObject: bytes(32_768),
    transports: z.array(z.string().min(1).max(32)).max(8).default([]),
  }),
});
export type Attestation = z.infer<typeof attestation>;

export const requestOptions = z.object({
  options: z.custom<PublicKeyCredentialRequestOptionsJSON>().meta({
    override: { type: 'object' },
    description: 'For `navigator.credentials.get`: `PublicKeyCredentialRequestOptionsJSON`.',
  }),
});
export const creationOptions = z.object({
  options: z.custom<PublicKeyCredentialCreationOptionsJSON>().meta({
    override: { type: 'object' },
    description: 'For `navigator.credentials.create`: `PublicKeyCredentialCreationOptionsJSON`.',
  }),
});

export const passkeySignIn = z.object({ response: assertion });
export const passkeyBegin = ownPassword;
export const newPasskey = z.object({ name: passkeyName, response: attestation });

export const passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: time,
    lastUsedAt: time.nullable(),
    suspect: z.boolean().meta({
      description: 'Its counter went back: it may have been copied, and signs nobody in any more.',
    }),
  })
  .meta({ id: 'Passkey' });
export type PasskeyAnswer = z.infer<typeof passkey>;
export const passkeys = z.object({
  passkeys: z.array(passkey),
  origin: z
    .string()
    .nullable()
    .meta({ description: 'Where they work; null: at no address, as the site is set up.' }),
});
export const passkeyParams = z.object({
  passkey: z.string().min(1).max(100).meta({ description: 'The passkey, by its id in the list.' }),
});
