import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptFor, encryptFor, newPersonKey } from './vault.js';

const masterKey = randomBytes(32);
const ada = { id: 'ada', key: newPersonKey(masterKey, 'ada') };
const bytes = randomBytes(2_048);
const box = encryptFor(masterKey, ada, 'template', bytes);
const unreadable = expect.objectContaining({ code: 'LK-KEY-002' });

describe('what is encrypted for a person', () => {
  it('is read with their key', () => {
    expect(decryptFor(masterKey, ada, 'template', box)).toEqual(bytes);
  });

  it('is never the same twice, and holds nothing of what was put in', () => {
    expect(encryptFor(masterKey, ada, 'template', bytes)).not.toBe(box);
    expect(Buffer.from(box, 'base64url').includes(bytes.subarray(0, 16))).toBe(false);
  });

  it.each([
    ['another person', masterKey, { id: 'bob', key: newPersonKey(masterKey, 'bob') }, 'template'],
    ["another person's id with this key", masterKey, { ...ada, id: 'bob' }, 'template'],
    ['another purpose', masterKey, ada, 'sample'],
    ['another master key', randomBytes(32), ada, 'template'],
  ] as const)('cannot be read as of %s', (_, key, person, purpose) => {
    expect(() => decryptFor(key, person, purpose, box)).toThrow(unreadable);
  });

  it('cannot be read once it was changed', () => {
    const changed = Buffer.from(box, 'base64url');
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => decryptFor(masterKey, ada, 'template', changed.toString('base64url'))).toThrow(
      unreadable,
    );
  });
});
