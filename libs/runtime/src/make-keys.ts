import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyNames } from '@latchkey/contracts';
import { createCurve, fromCurveSeed } from '@nats-io/nkeys';
import { Failure } from './failure.js';

/** The names of the files in the folder, each in one of the two. */
export interface MadeKeys {
  readonly made: readonly string[];
  /** Was there before, and is as it was. */
  readonly kept: readonly string[];
}

/**
 * Makes the keys that are missing in the folder (0700, files 0600) and never touches one that is there. Safe to be run
 * by several processes at once.
 * @throws Failure LK-KEY-002 where a seed that is there is none, so that its public half cannot be told
 */
export async function makeKeys(dir: string, names: KeyNames): Promise<MadeKeys> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const keys = { made: [] as string[], kept: [] as string[] };
  const make = async (file: string, text: string) => {
    keys[(await createOnce(join(dir, file), text)) ? 'made' : 'kept'].push(file);
  };
  for (const name of names.curves) {
    await make(`${name}.seed`, Buffer.from(createCurve().getSeed()).toString('ascii'));
    await make(`${name}.pub`, await publicKeyOf(join(dir, `${name}.seed`)));
  }
  for (const name of names.secrets) {
    await make(`${name}.key`, randomBytes(32).toString('base64url'));
  }
  return keys;
}

async function publicKeyOf(seedFile: string): Promise<string> {
  const seed = Buffer.from((await readFile(seedFile, 'utf8')).trim(), 'ascii');
  try {
    return fromCurveSeed(seed).getPublicKey();
  } catch {
    throw Failure.terminal(
      'LK-KEY-002',
      `The key file ${seedFile} does not hold the seed of a curve key. Restore it from its backup; do not make a new one for existing data.`,
    );
  }
}

/**
 * Puts a file there (0600, the text and a line's end) in one step, whole or not at all.
 * @returns whether it was made; false where there is one, which is left as it is
 */
export async function createOnce(path: string, text: string): Promise<boolean> {
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
