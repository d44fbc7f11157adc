/** What can stop the dev stack itself. Services have codes of their own, in the contracts. */
export const devstackCodes = {
  'LK-DEV-001': 'no way to a broker',
  'LK-DEV-002': 'the broker did not become ready',
  'LK-DEV-003': 'no TCP port is free',
  'LK-DEV-004': 'the broker is not ours to end',
  'LK-DEV-005': 'the data folder is in use',
  'LK-DEV-006': 'a service is not ready',
} as const;

/** Its message is all that a person needs; no stack trace is shown for it. */
export class DevstackError extends Error {
  override readonly name = 'DevstackError';
  readonly code: keyof typeof devstackCodes;

  constructor(code: keyof typeof devstackCodes, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
