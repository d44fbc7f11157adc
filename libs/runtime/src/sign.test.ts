import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKeys } from './make-keys.js';
import { retireKey, rotateKey } from './rotate-keys.js';
import {
  isSignedBy,
  loadSigner,
  loadSignerKey,
  loadSignerKeysEver,
  watchSignerKey,
} from './sign.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latchkey-sign-'));
  await makeKeys(dir, {
    curves: ['face'],
    secrets: [],
    identities: [],
    signers: ['auth', 'other'],
  });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('a signature holds for its text and its signer alone, and is the same each time', async () => {
  const signer = await loadSigner(dir, 'auth');
  const [key, other] = [await loadSignerKey(dir, 'auth'), await loadSignerKey(dir, 'other')];
  const signature = signer.sign('open');
  expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
  expect(signer.sign('open')).toBe(signature);
  expect(isSignedBy([key], 'open', signature)).toBe(true);
  expect(isSignedBy([other, key], 'open', signature)).toBe(true);
  expect(isSignedBy([key], 'opened', signature)).toBe(false);
  expect(isSignedBy([other], 'open', signature)).toBe(false);
  expect(isSignedBy([], 'open', signature)).toBe(false);
});

it.each(['', 'A', 'A'.repeat(86), '\u0000', 'ü'.repeat(86)])('%j is no signature', async (text) => {
  expect(isSignedBy([await loadSignerKey(dir, 'auth')], 'open', text)).toBe(false);
});

it('what is no signing key is refused by the name of its file', async () => {
  await expect(loadSigner(dir, 'nobody')).rejects.toMatchObject({ code: 'LK-KEY-001' });
  await writeFile(join(dir, 'sign-none.pub.pem'), 'no key');
  await copyFile(join(dir, 'sign-auth.pem'), join(dir, 'sign-private.pub.pem'));
  for (const name of ['none', 'private']) {
    await expect(loadSignerKey(dir, name)).rejects.toMatchObject({ code: 'LK-KEY-002' });
  }
});

it('what a retired key signed is still to be checked, but is no order any more', async () => {
  const before = (await loadSigner(dir, 'auth')).sign('long ago');
  await rotateKey(dir, 'sign-auth');
  await retireKey(dir, 'sign-auth', { needs: [], nowMs: Date.now() + 3_600_000 });
  expect(isSignedBy([watchSignerKey(dir, 'auth')], 'long ago', before)).toBe(false);
  expect(isSignedBy(await loadSignerKeysEver(dir, 'auth'), 'long ago', before)).toBe(true);
});

it('a key that somebody else has is retired at once', async () => {
  const before = (await loadSigner(dir, 'auth')).sign('by a thief');
  await rotateKey(dir, 'sign-auth');
  const now = { needs: [], nowMs: Date.now() };
  await expect(retireKey(dir, 'sign-auth', now)).rejects.toMatchObject({ code: 'LK-KEY-006' });
  await retireKey(dir, 'sign-auth', { ...now, compromised: true });
  expect(isSignedBy([watchSignerKey(dir, 'auth')], 'by a thief', before)).toBe(false);
});
