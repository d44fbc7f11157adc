import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { ME } from '../api/queries.js';

/** What is said of what a browser or a device refuses, by the error's code; what isn't here was cancelled, or took too long. */
const refusals: Readonly<Record<string, readonly [detail: string, action: string]>> = {
  ERROR_INVALID_DOMAIN: [
    'Passkeys do not work at this address.',
    'Open the console by its name, not by the numbers of an address.',
  ],
  ERROR_INVALID_RP_ID: [
    'Passkeys do not work at this address.',
    'Open the console at the address that your administrator has set for it.',
  ],
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: [
    'This device holds a passkey of yours already.',
    'Use that one, or another device.',
  ],
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT: [
    'This device cannot ask who you are.',
    'Use one that asks for a finger, a face or a PIN.',
  ],
  ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT: [
    'This device cannot keep passkeys.',
    'Use another one.',
  ],
};

/** Whether a passkey can be asked for at all: browsers keep them for names, not for the numbers of an address. */
export function canAskForPasskeys(): boolean {
  const isNumbers = /^[\d.]+$|:/.test(location.hostname);
  return browserSupportsWebAuthn() && !isNumbers;
}

/** Signs in with a passkey: whose, says the passkey. */
export function usePasskeySignIn() {
  const client = useQueryClient();
  return useMutation<unknown, ApiProblem>({
    mutationFn: async () => {
      const { options: optionsJSON } = await call('beginPasskeySignIn', {});
      const response = await ofDevice(startAuthentication({ optionsJSON }));
      return await call('signInByPasskey', { body: { response } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ME }),
  });
}

/** What is typed of a passkey that is added. */
export interface PasskeyDraft {
  readonly name: string;
  readonly password: string;
}

/** Has a device make a passkey, and adds it. */
export function useAddPasskey() {
  const client = useQueryClient();
  return useMutation<unknown, ApiProblem, PasskeyDraft>({
    mutationFn: async ({ name, password }) => {
      const { options: optionsJSON } = await call('beginPasskey', { body: { password } });
      const response = await ofDevice(startRegistration({ optionsJSON }));
      return await call('addPasskey', { body: { name, response } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['listPasskeys'] }),
  });
}

async function ofDevice<Made>(made: Promise<Made>): Promise<Made> {
  try {
    return await made;
  } catch (error) {
    const code = error instanceof WebAuthnError ? error.code : '';
    const [detail, action] = refusals[code] ?? [
      'The device did not answer: it was cancelled, or took too long.',
      'Try again.',
    ];
    throw new ApiProblem({ detail, action, code: 'passkey', status: 0 });
  }
}
