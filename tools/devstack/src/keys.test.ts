// Real here: files on disk, curve keys.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROKER_USERS_FILE, identityFile, keyNames, signerFile } from '@latchkey/contracts';
import { fromCurveSeed, fromPublic } from '@nats-io/nkeys';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { initKeys, initOperatorToken } from './keys.js';

let home: string;
let dir: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'latchkey-keys-'));
  dir = join(home, 'keys');
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(dir)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, (texts[index] ?? '').trim()]));
}

test('all keys are made, for their owner alone', async () => {
  await initKeys(dir);
  const made = await contents();
  const pairs = ['evidence', 'face', 'notify', 'registry'].flatMap((name) => [
    `${name}.pub`,
    `${name}.seed`,
  ]);
  const secrets = ['master.key', 'pepper.key', 'tag.key'];
  const signing = [
    ...keyNames.identities.map(identityFile).flatMap((name) => [`${name}.pub`, `${name}.seed`]),
    ...keyNames.signers.map(signerFile).flatMap((name) => [`${name}.pub.pem`, `${name}.pem`]),
  ];
  const certificates = [
    ...keyNames.certificates.flatMap((name) => [`grpc-${name}.key.pem`, `grpc-${name}.cert.pem`]),
    'grpc-ca.key.pem',
    'grpc-ca.pem',
    'broker.key.pem',
    'broker.cert.pem',
  ];
  const all = [...pairs, ...secrets, ...signing, ...certificates, BROKER_USERS_FILE];
  expect(Object.keys(made)).toEqual(all.toSorted());
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  for (const name of Object.keys(made)) {
    expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  }
  for (const name of ['master', 'pepper', 'tag']) {
    expect(Buffer.from(made[`${name}.key`] ?? '', 'base64url')).toHaveLength(32);
  }
  expect(new Set(Object.values(made)).size).toBe(all.length);
});

test('what is sealed for a public key opens with its seed', async () => {
  await initKeys(dir);
  const made = await contents();
  const holder = fromCurveSeed(Buffer.from(made['registry.seed'] ?? '', 'ascii'));
  const sender = fromCurveSeed(Buffer.from(made['face.seed'] ?? '', 'ascii'));
  const publicKey = fromPublic(made['registry.pub'] ?? '').getPublicKey();
  const sealed = sender.seal(Buffer.from('a code'), publicKey);
  expect(Buffer.from(holder.open(sealed, made['face.pub'] ?? '') ?? []).toString()).toBe('a code');
});

test('keys that are there stay, also with several makers at once, and a lost public half comes back', async () => {
  await Promise.all([initKeys(dir), initKeys(dir), initKeys(dir)]);
  const before = await contents();
  await unlink(join(dir, 'face.pub'));
  await initKeys(dir);
  expect(await contents()).toEqual(before);
});

test('the operator token is told once, and only its digest is kept', async () => {
  const token = await initOperatorToken(dir);
  expect(token).toMatch(/^lko_[\w-]{43}$/);
  expect(await initOperatorToken(dir)).toBeUndefined();
  const digest = createHash('sha256')
    .update(token ?? '')
    .digest('hex');
  expect(await contents()).toEqual({ 'operator.sha256': digest });
});
