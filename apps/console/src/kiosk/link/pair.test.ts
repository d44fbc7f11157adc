import { afterEach, expect, it, vi } from 'vitest';
import { keptPairing, pair } from './pair.js';

const door = { door: 'gate', name: 'The gate' };
const answering = (body: object) => vi.fn<typeof fetch>(() => Promise.resolve(Response.json(body)));

/** A browser’s storage that takes nothing, as with cookies blocked or a full disk. */
const shut = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException('no', 'QuotaExceededError');
  },
};

afterEach(() => vi.unstubAllGlobals());

it('keeps what it was paired with, and tells the door nothing but the token’s digest', async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
  });
  const asked = answering(door);
  vi.stubGlobal('fetch', asked);
  const paired = await pair('K7QM-4FXA');
  expect(paired).toMatchObject(door);
  expect(keptPairing()).toEqual(paired);
  const sent = asked.mock.calls[0]?.[1]?.body as string;
  expect(JSON.parse(sent)).toMatchObject({ code: 'K7QM-4FXA' });
  expect(sent).not.toContain((paired as { token: string }).token);
});

it('stands at its door all the same where the browser keeps nothing: the code is used up', async () => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('localStorage', shut);
  vi.stubGlobal('fetch', answering(door));
  expect(await pair('K7QM-4FXA')).toMatchObject(door);
});

it('says what is wrong where it asks nobody, or nobody answers', async () => {
  vi.stubGlobal('isSecureContext', false);
  expect(await pair('K7QM-4FXA')).toEqual({ fault: 'insecure' });
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  expect(await pair('K7QM-4FXA')).toEqual({ fault: 'offline' });
});
