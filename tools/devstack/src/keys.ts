import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyNames } from '@latchkey/contracts';
import { createOnce, makeKeys } from '@latchkey/runtime/keys';

const operatorFile = 'operator.sha256';

/** Makes the campus's keys that are missing in the folder; see makeKeys() of runtime. */
export async function initKeys(dir: string): Promise<void> {
  await makeKeys(dir, keyNames);
}

/**
 * Makes the operator's token the first time, and keeps only its SHA-256 (hex, of the token's text) in
 * `operator.sha256`: a token of 256 random bits needs no slower digest.
 *
 * @returns the token (`lko_` and 43 characters), this once; undefined where one was made before
 */
export async function initOperatorToken(dir: string): Promise<string | undefined> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const token = `lko_${randomBytes(32).toString('base64url')}`;
  const digest = createHash('sha256').update(token).digest('hex');
  return (await createOnce(join(dir, operatorFile), digest)) ? token : undefined;
}

/** Takes the operator's token back, so that the next start makes one: for a start that failed before it was shown. */
export async function forgetOperatorToken(dir: string): Promise<void> {
  await rm(join(dir, operatorFile), { force: true });
}
