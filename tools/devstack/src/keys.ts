import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCurve, fromCurveSeed } from '@nats-io/nkeys';

/** Whose curve key pairs there are: `<name>.seed` (private) and `<name>.pub`. */
const curveKeyNames = ['registry', 'face', 'notify', 'evidence'] as const;
/** Random secrets of 32 bytes in base64url: `<name>.key`. */
const secretNames = ['master', 'pepper', 'tag'] as const;

const operatorFile = 'operator.sha256';

/** Puts a file there in one step, whole or not at all. An existing one is left as it is: then the answer is false. */
async function createOnce(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(draft);
  }
}

async function initCurveKey(dir: string, name: string): Promise<void> {
  const seedFile = join(dir, `${name}.seed`);
  await createOnce(seedFile, Buffer.from(createCurve().getSeed()).toString('ascii'));
  const seed = Buffer.from((await readFile(seedFile, 'utf8')).trim(), 'ascii');
  await createOnce(join(dir, `${name}.pub`), fromCurveSeed(seed).getPublicKey());
}

/**
 * Makes the keys that are missing in the folder (0700, files 0600) and never touches one that is there. Safe to be run
 * by several processes at once.
 */
export async function initKeys(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const name of curveKeyNames) await initCurveKey(dir, name);
  for (const name of secretNames) {
    await createOnce(join(dir, `${name}.key`), randomBytes(32).toString('base64url'));
  }
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
