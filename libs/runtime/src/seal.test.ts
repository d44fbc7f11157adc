import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCurve } from '@nats-io/nkeys';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPublicKey, loadSecret, loadSeed } from './key-files.js';
import { equalSecrets, open, seal, sealBytes } from './seal.js';

function keys() {
  const pair = createCurve();
  return { publicKey: pair.getPublicKey(), seed: Buffer.from(pair.getSeed()).toString('ascii') };
}

describe('a sealed box', () => {
  const mine = keys();

  it('is read by its one holder, whatever is in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(Buffer.from(open(mine.seed, seal(mine.publicKey, bytes)))).toEqual(
          Buffer.from(bytes),
        );
        expect(Buffer.from(open(mine.seed, sealBytes(mine.publicKey, bytes)))).toEqual(
          Buffer.from(bytes),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('never looks the same twice', () => {
    expect(seal(mine.publicKey, 'LK1.x')).not.toBe(seal(mine.publicKey, 'LK1.x'));
  });

  it('is refused when it is for another, was changed, or is none', () => {
    const refused = expect.objectContaining({ code: 'LK-KEY-003', kind: 'terminal' });
    const box = sealBytes(mine.publicKey, Buffer.from('secret'));
    expect(() => open(keys().seed, box)).toThrow(refused);
    for (const at of [3, 60, box.length - 1]) {
      const changed = Uint8Array.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(mine.seed, changed)).toThrow(refused);
    }
    expect(() => open(mine.seed, '')).toThrow(refused);
    expect(() => open(mine.seed, 'AAAA')).toThrow(refused);
  });
});

describe('a key file', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'lk-keys-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('is read', async () => {
    const { publicKey, seed } = keys();
    const secret = crypto.getRandomValues(new Uint8Array(32));
    await writeFile(join(dir, 'face.pub'), `${publicKey}\n`);
    await writeFile(join(dir, 'face.seed'), `${seed}\n`);
    await writeFile(join(dir, 'master.key'), Buffer.from(secret).toString('base64url'));
    expect(await loadPublicKey(dir, 'face')).toBe(publicKey);
    expect(await loadSeed(dir, 'face')).toBe(seed);
    expect(Buffer.from(await loadSecret(dir, 'master'))).toEqual(Buffer.from(secret));
  });

  it('that is missing is named, with the fix', async () => {
    const missing = {
      code: 'LK-KEY-001',
      message: expect.stringMatching(/nobody\.seed.*latchkey keys init/),
    };
    await expect(loadSeed(dir, 'nobody')).rejects.toMatchObject(missing);
  });

  it('that holds something else is named, but not quoted', async () => {
    for (const suffix of ['pub', 'seed', 'key'])
      await writeFile(join(dir, `odd.${suffix}`), 'SXnonsense');
    for (const load of [loadPublicKey, loadSeed, loadSecret]) {
      const error: unknown = await load(dir, 'odd').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'LK-KEY-002' });
      expect(String(error)).not.toContain('SXnonsense');
    }
  });
});

describe('equalSecrets', () => {
  it('is equality', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (a, b) => equalSecrets(a, b) === (a === b) && equalSecrets(a, a),
      ),
    );
    expect(equalSecrets('é', 'é')).toBe(true);
  });
});
