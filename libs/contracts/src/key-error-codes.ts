import { away, broken, type ErrorCodeFacts, refused, state } from './error-code-facts.js';

/** The codes of keys, and of certificates. */
export const keyErrorCodes = {
  'LK-KEY-001': broken(
    'A key file is missing or cannot be read.',
    'Run `latchkey keys init`, or mount the file where LK_KEYS_DIR points.',
  ),
  'LK-KEY-002': broken(
    'A key file does not hold a valid key.',
    'Restore the file from its backup; do not make a new one for existing data.',
  ),
  'LK-KEY-003': refused(
    'A sealed box cannot be opened.',
    'It was sealed for another key or was changed on its way; have it made anew.',
  ),
  'LK-KEY-004': {
    title: 'A service asked for what its certificate does not allow.',
    action:
      'Give each service the certificate of its own name; which may call what is told in the reference of gRPC.',
    http: 403,
    grpc: 'PERMISSION_DENIED',
  },
  'LK-KEY-005': away(
    "Two services do not take each other's certificates.",
    'See that both hold a certificate of the same authority: grpc-ca.pem, which `latchkey keys init` makes.',
  ),
  'LK-KEY-006': state(
    'A key is still needed and cannot be retired.',
    'Do what the message names, then retire it again.',
  ),
} as const satisfies Record<string, ErrorCodeFacts>;
