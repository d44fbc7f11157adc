import { existsSync } from 'node:fs';
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AUTHORITY_FILE,
  BROKER_CERTIFICATE,
  buckets,
  CERTIFICATE_AUTHORITY,
  certificateFile,
  identityFile,
  keyNames,
  mqttPassword,
  OPERATOR_DIGEST_FILE,
  OPERATOR_TOKEN,
  OPERATOR_TOKEN_FILE,
  objectStores,
  signerFile,
  streams,
} from '@latchkey/contracts';
import { createCurve, createUser, type KeyPair } from '@nats-io/nkeys';
import { readGuests, writeBrokerUsers } from './bus-identity.js';
import { Failure } from './failure.js';
import { linesOf } from './key-file.js';
import { readIfThere, readKeyFile, replaceFile } from './key-files.js';
import {
  brokerHostsIn,
  certify,
  certifyAuthority,
  certifyBroker,
  newCertificateKey,
} from './make-certificates.js';
import { mqttRelays, newMqttPassword } from './mqtt-relay.js';
import { newOperatorToken } from './operator-token.js';
import { pastSignerFile, pemBlocks } from './sign.js';

const MINUTE_MS = 60_000;
/** All who hold a key have read it again by then, and what was made by its predecessor has arrived. */
const SOON_MS = MINUTE_MS;

/** How a kind of key is rotated. */
interface Rotation {
  /** The files that hold it; the public ones first: who checks must know a new key before it is used. */
  readonly files: readonly string[];
  readonly blocksOf: (text: string) => string[];
  /** A new key, as the text of each file. */
  readonly make: () => readonly string[] | Promise<readonly string[]>;
  /** For so long after a rotation something may need the predecessor; null: its holder says, see `needs` of health. */
  readonly neededMs: number | null;
  /** The predecessors are not kept: whoever holds one uses it until it reads the file again. */
  readonly replaces?: boolean;
  /** A file that the rotation leaves, to be taken to whoever uses the key. */
  readonly handedOver?: string;
  /** Where public keys stay after they were retired: what they signed long ago is still to be checked. */
  readonly past?: string;
}

/** Every name that can be rotated. */
export async function rotatableNames(dir: string): Promise<string[]> {
  const byMqtt = (await mqttRelays(dir)).map(({ name }) => name);
  const guests = (await readGuests(dir))
    .map(({ name }) => name)
    .filter((name) => !byMqtt.includes(name));
  return [
    ...keyNames.curves,
    ...keyNames.secrets,
    ...keyNames.signers.map(signerFile),
    ...[...keyNames.identities, ...guests].map(identityFile),
    ...[CERTIFICATE_AUTHORITY, ...keyNames.certificates].map(certificateFile),
    BROKER_CERTIFICATE,
    ...byMqtt.map(mqttPassword),
    // The gateway makes it, where it runs.
    ...(existsSync(join(dir, OPERATOR_DIGEST_FILE)) ? [OPERATOR_TOKEN] : []),
  ];
}

/**
 * Puts a new key before the one that is there, which stays until it is retired. Holders read it within two seconds.
 * @param name as the file is named: `master`, `face`, `sign-auth`, `bus-qr`, `grpc-ca`, `grpc-auth`, `broker`, …
 * @param brokerNames the host names and addresses in the broker's new certificate; those of the old one, where left out
 * @returns the files that were changed, in that order
 * @throws Failure LK-KEY-001 where a file cannot be read; Error for a name that there is not
 */
export async function rotateKey(
  dir: string,
  name: string,
  brokerNames?: readonly string[],
): Promise<string[]> {
  const relay = (await mqttRelays(dir)).find((one) => mqttPassword(one.name) === name);
  if (relay) return [await newMqttPassword(dir, relay)];
  const { files, blocksOf, make, replaces, handedOver } = await rotationOf(dir, name, brokerNames);
  const texts = await make();
  for (const [at, file] of files.entries()) {
    const { text } = await readKeyFile(dir, file);
    const before = replaces ? [] : blocksOf(text);
    await replaceBlocks(join(dir, file), [texts[at] ?? '', ...before]);
    // The broker must know the public key before its holder uses it.
    if (isIdentity(name) && at === 0) await writeBrokerUsers(dir);
  }
  return handedOver === undefined ? [...files] : [...files, handedOver];
}

/**
 * Takes a key's predecessors away.
 * @param facts.needs what running services say that they still need
 * @param facts.compromised somebody else has it: what it sealed or signed and is on its way is given up, rather than waited for
 * @param facts.nowMs milliseconds since 1970
 * @throws Failure LK-KEY-006, with the reason, where something still needs one
 */
export async function retireKey(
  dir: string,
  name: string,
  facts: {
    readonly needs: readonly { readonly key: string; readonly why: string }[];
    readonly nowMs: number;
    readonly compromised?: boolean;
  },
): Promise<string[]> {
  // A user of the broker has one password: the old one went with the rotation.
  if ((await mqttRelays(dir)).some((relay) => mqttPassword(relay.name) === name)) return [];
  const { files, blocksOf, neededMs, past } = await rotationOf(dir, name);
  const held = await Promise.all(
    files.map(async (file) => ({ file, blocks: blocksOf((await readKeyFile(dir, file)).text) })),
  );
  const retiring = held.filter(({ blocks }) => blocks.length > 1);
  if (retiring.length === 0) return [];
  for (const { why } of facts.needs.filter(({ key }) => key === name)) throw needed(name, why);
  if (neededMs !== null && !facts.compromised) {
    await waited(dir, files, name, neededMs, facts.nowMs);
  }
  if (name === certificateFile(CERTIFICATE_AUTHORITY)) await allSignedByNewest(dir);
  if (past !== undefined) await remember(join(dir, past), held[0]?.blocks.slice(1) ?? []);
  // The private half first: nobody may go on using a key that others no longer know.
  for (const { file, blocks } of retiring.toReversed()) {
    await replaceBlocks(join(dir, file), blocks.slice(0, 1));
  }
  if (isIdentity(name)) await writeBrokerUsers(dir);
  return retiring.map(({ file }) => file);
}

async function rotationOf(
  dir: string,
  name: string,
  brokerNames?: readonly string[],
): Promise<Rotation> {
  const names = await rotatableNames(dir);
  if (!names.includes(name)) {
    throw new Error(
      `There is no key ${JSON.stringify(name)}. Expected one of ${names.join(', ')}.`,
    );
  }
  if (keyNames.curves.includes(name)) return curveRotation(name);
  if (keyNames.secrets.includes(name)) return secretRotation(name);
  if (isIdentity(name)) return pairRotation(name, createUser, SOON_MS);
  if (name.startsWith(signerFile(''))) return signerRotation(name);
  if (name === OPERATOR_TOKEN) return operatorRotation(dir);
  if (name === certificateFile(CERTIFICATE_AUTHORITY)) return authorityRotation(name);
  return certificateRotation(dir, name, brokerNames);
}

const isIdentity = (name: string): boolean => name.startsWith(identityFile(''));

function pairRotation(name: string, create: () => KeyPair, neededMs: number | null): Rotation {
  const make = () => {
    const pair = create();
    return [pair.getPublicKey(), Buffer.from(pair.getSeed()).toString('ascii')];
  };
  return { files: [`${name}.pub`, `${name}.seed`], blocksOf: linesOf, make, neededMs };
}

/** What is sealed lies about for as long as this. */
const sealedForMs: Readonly<Record<string, number | null>> = {
  // The registry seals the gallery anew, and says when it has.
  face: null,
  // Showings, templates and pairings are opened at once, or refused.
  registry: SOON_MS,
  // Mails that could not be sent lie among the dead letters.
  notify: streams.DEAD.maxAgeMs,
  evidence: objectStores.evidence.ttlMs,
};

function curveRotation(name: string): Rotation {
  const rotation = pairRotation(name, createCurve, sealedForMs[name] ?? null);
  // Who opens must know a new key before others seal by it.
  const make = async () => [...(await rotation.make())].toReversed();
  return { ...rotation, files: rotation.files.toReversed(), make };
}

function secretRotation(name: string): Rotation {
  const make = () => [randomBytes(32).toString('base64url')];
  // The tag key tells showings apart for seconds; the registry says what still needs the others.
  const neededMs = name === 'tag' ? SOON_MS : null;
  return { files: [`${name}.key`], blocksOf: linesOf, make, neededMs };
}

function signerRotation(name: string): Rotation {
  const make = () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return [
      publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
    ];
  };
  const files = [`${name}.pub.pem`, `${name}.pem`];
  // Who is signed in stays so: the gateway signs that anew whenever somebody does something.
  const neededMs = name === signerFile('gateway') ? buckets.sessions.ttlMs : SOON_MS;
  return { files, blocksOf: pemBlocks, make, neededMs, past: pastSignerFile(name) };
}

function operatorRotation(dir: string): Rotation {
  const make = async () => {
    const { token, digest } = newOperatorToken();
    await replaceFile(join(dir, OPERATOR_TOKEN_FILE), `${token}\n`);
    return [digest];
  };
  const files = [OPERATOR_DIGEST_FILE];
  return { files, blocksOf: linesOf, make, neededMs: 0, handedOver: OPERATOR_TOKEN_FILE };
}

function authorityRotation(name: string): Rotation {
  const make = async () => {
    const key = newCertificateKey();
    return [key.trim(), (await certifyAuthority(key)).trim()];
  };
  const files = [`${name}.key.pem`, AUTHORITY_FILE];
  return { files, blocksOf: pemBlocks, make, neededMs: SOON_MS };
}

function certificateRotation(
  dir: string,
  base: string,
  brokerNames: readonly string[] | undefined,
): Rotation {
  const newestIn = async (file: string) => pemBlocks((await readKeyFile(dir, file)).text)[0] ?? '';
  const certificate = `${base}.cert.pem`;
  const make = async () => {
    const authority = {
      key: await newestIn(`${certificateFile(CERTIFICATE_AUTHORITY)}.key.pem`),
      cert: await newestIn(AUTHORITY_FILE),
    };
    const by = { privateKey: newCertificateKey(), authority };
    const made =
      base === BROKER_CERTIFICATE
        ? certifyBroker({ ...by, hosts: brokerNames ?? brokerHostsIn(await newestIn(certificate)) })
        : certify({ ...by, name: base.slice(certificateFile('').length) });
    return [by.privateKey.trim(), (await made).trim()];
  };
  const files = [`${base}.key.pem`, certificate];
  // One shows one certificate: the authority's rotation is what makes others worthless.
  return { files, blocksOf: pemBlocks, make, neededMs: 0, replaces: true };
}

async function remember(path: string, blocks: readonly string[]): Promise<void> {
  const before = pemBlocks((await readIfThere(path)) ?? '');
  await replaceBlocks(path, [...new Set([...blocks, ...before])]);
}

async function waited(
  dir: string,
  files: readonly string[],
  name: string,
  neededMs: number,
  nowMs: number,
): Promise<void> {
  const rotated = await Promise.all(
    files.map(async (file) => (await stat(join(dir, file))).mtimeMs),
  );
  const leftMs = Math.max(...rotated) + neededMs - nowMs;
  if (leftMs > 0) {
    const until = new Date(nowMs + leftMs).toISOString();
    throw needed(name, `what its predecessor sealed or signed may be on its way until ${until}`);
  }
}

async function allSignedByNewest(dir: string): Promise<void> {
  const { text } = await readKeyFile(dir, AUTHORITY_FILE);
  const authority = new X509Certificate(pemBlocks(text)[0] ?? '');
  for (const name of [...keyNames.certificates.map(certificateFile), BROKER_CERTIFICATE]) {
    const certificate = new X509Certificate(await readFile(join(dir, `${name}.cert.pem`)));
    if (!certificate.verify(authority.publicKey)) {
      throw needed(
        certificateFile(CERTIFICATE_AUTHORITY),
        `${name} is signed by it; rotate that first`,
      );
    }
  }
}

const needed = (name: string, why: string): Failure =>
  Failure.terminal('LK-KEY-006', `The predecessor of ${name} cannot be retired: ${why}.`);

const replaceBlocks = (path: string, blocks: readonly string[]): Promise<void> =>
  replaceFile(path, `${blocks.join('\n')}\n`);
