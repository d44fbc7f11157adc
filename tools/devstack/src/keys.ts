import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyNames, OPERATOR_DIGEST_FILE } from '@latchkey/contracts';
import { newOperatorToken } from '@latchkey/runtime';
import { writeBrokerUsers } from '@latchkey/runtime/identities';
import { createOnce, makeKeys } from '@latchkey/runtime/keys';

/** Makes the campus's keys that are missing in the folder, and the broker's configuration; see makeKeys() of runtime. */
export async function initKeys(dir: string): Promise<void> {
  await makeKeys(dir, keyNames);
  await writeBrokerUsers(dir);
}

/**
 * Makes the operator's token the first time, and keeps only its digest in `operator.sha256`.
 *
 * @returns the token (`lko_` and 43 characters), this once; undefined where one was made before
 */
export async function initOperatorToken(dir: string): Promise<string | undefined> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { token, digest } = newOperatorToken();
  return (await createOnce(join(dir, OPERATOR_DIGEST_FILE), digest)) ? token : undefined;
}

/** Takes the operator's token back, so that the next start makes one: for a start that failed before it was shown. */
export async function forgetOperatorToken(dir: string): Promise<void> {
  await rm(join(dir, OPERATOR_DIGEST_FILE), { force: true });
}
