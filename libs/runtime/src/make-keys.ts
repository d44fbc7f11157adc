import { existsSync } from 'node:fs';
import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AUTHORITY_FILE,
  BROKER_CERTIFICATE_FILES,
  CERTIFICATE_AUTHORITY,
  certificateFile,
  identityFile,
  type KeyNames,
  signerFile,
} from '@latchkey/contracts';
import { createCurve, createUser, fromCurveSeed, fromSeed, type KeyPair } from '@nats-io/nkeys';
import { Failure } from './failure.js';
import { readKeyFile } from './key-files.js';
import {
  certify,
  certifyAuthority,
  certifyBroker,
  newCertificateKey,
  type Signing,
} from './make-certificates.js';
import { pemBlocks } from './sign.js';

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
export async function makeKeys(dir: string, names: Partial<KeyNames>): Promise<MadeKeys> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const keys = { made: [] as string[], kept: [] as string[] };
  const make = async (file: string, text: string) => {
    keys[(await createOnce(join(dir, file), text)) ? 'made' : 'kept'].push(file);
  };
  for (const name of names.curves ?? []) {
    await make(`${name}.seed`, seedText(createCurve()));
    await make(`${name}.pub`, await publicKeyOf(join(dir, `${name}.seed`), fromCurveSeed));
  }
  for (const name of (names.identities ?? []).map(identityFile)) {
    await make(`${name}.seed`, seedText(createUser()));
    await make(`${name}.pub`, await publicKeyOf(join(dir, `${name}.seed`), fromSeed));
  }
  for (const name of (names.signers ?? []).map(signerFile)) {
    const pair = generateKeyPairSync('ed25519');
    await make(`${name}.pem`, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const made = createPublicKey(await readFile(join(dir, `${name}.pem`), 'utf8'));
    await make(`${name}.pub.pem`, made.export({ type: 'spki', format: 'pem' }).toString());
  }
  for (const name of names.secrets ?? []) {
    await make(`${name}.key`, randomBytes(32).toString('base64url'));
  }
  if (names.certificates ?? names.brokerNames) await makeCertificates(dir, names, make);
  return keys;
}

async function makeCertificates(
  dir: string,
  { certificates = [], brokerNames: hosts }: Partial<KeyNames>,
  make: (file: string, text: string) => Promise<void>,
): Promise<void> {
  const textIn = (file: string) => readFile(join(dir, file), 'utf8');
  const authorityKey = `${certificateFile(CERTIFICATE_AUTHORITY)}.key.pem`;
  // The authority's key may be kept elsewhere once all have their certificates.
  if (!existsSync(join(dir, AUTHORITY_FILE))) await make(authorityKey, newCertificateKey());
  await makeUnlessThere(dir, AUTHORITY_FILE, make, async () =>
    certifyAuthority(await textIn(authorityKey)),
  );
  const makePair = async (
    keyFile: string,
    file: string,
    certifyIt: (by: Signing) => Promise<string>,
  ) => {
    await make(keyFile, newCertificateKey());
    await makeUnlessThere(dir, file, make, async () => {
      const { text } = await readKeyFile(dir, authorityKey);
      const [key = ''] = pemBlocks(text);
      const [cert = ''] = pemBlocks(await textIn(AUTHORITY_FILE));
      return await certifyIt({ privateKey: await textIn(keyFile), authority: { key, cert } });
    });
  };
  for (const name of certificates) {
    const base = certificateFile(name);
    await makePair(`${base}.key.pem`, `${base}.cert.pem`, (by) => certify({ name, ...by }));
  }
  if (hosts === undefined) return;
  const { key, certificate } = BROKER_CERTIFICATE_FILES;
  await makePair(key, certificate, (by) => certifyBroker({ hosts, ...by }));
}

/** A certificate costs some milliseconds: it is not made where there is one. */
async function makeUnlessThere(
  dir: string,
  file: string,
  make: (file: string, text: string) => Promise<void>,
  text: () => Promise<string>,
): Promise<void> {
  await make(file, existsSync(join(dir, file)) ? '' : await text());
}

const seedText = (pair: KeyPair): string => Buffer.from(pair.getSeed()).toString('ascii');

async function publicKeyOf(
  seedFile: string,
  pairOf: (seed: Uint8Array) => KeyPair,
): Promise<string> {
  const seed = Buffer.from((await readFile(seedFile, 'utf8')).trim(), 'ascii');
  try {
    return pairOf(seed).getPublicKey();
  } catch {
    throw Failure.terminal(
      'LK-KEY-002',
      `The key file ${seedFile} does not hold the seed of a key pair. Restore it from its backup; do not make a new one for existing data.`,
    );
  }
}

/**
 * Puts a file there (0600, the text and a line's end) in one step, whole or not at all.
 * @returns whether it was made; false where there is one, which is left as it is
 */
export async function createOnce(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${text.trimEnd()}\n`, { mode: 0o600 });
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
