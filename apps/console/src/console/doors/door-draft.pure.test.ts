import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftOf, settingsOf } from './door-draft.pure.js';

const door = {
  id: 'hall',
  name: 'Hall',
  audience: 'everyone',
  group: null,
  liveness: 'passive',
  livenessThreshold: 0.5,
  matchThreshold: null,
  codeWaitS: 30,
  openForMs: 5_000,
  outOfService: false,
  hasKiosk: false,
  pairingExpiresAt: null,
  createdAt: '2026-11-29T12:00:00.000Z',
  version: 1,
} as const;

it('counts in seconds how long a lock stays open, and sends back what was there to the millisecond', () => {
  expect(draftOf(door)).toMatchObject({ openForS: '5' });
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 30_000 }), (openForMs) => {
      expect(settingsOf(draftOf({ ...door, openForMs })).openForMs).toBe(openForMs);
    }),
  );
});
