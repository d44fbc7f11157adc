import { doorSettings } from '@latchkey/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDoor, policyOf, removeDoor, renewKioskToken } from './door.pure.js';
import { createPairing, pairKiosk, unpairKiosk } from './pairing.pure.js';
import { newPairingCode, PAIRING_LIFE_MS, pairingDigestsOf } from './pairing-code.pure.js';
import { NOW, operation } from './people.fixture.js';
import type { Decision } from './refusal.pure.js';

const pepper = new Uint8Array(32).fill(7);
const first = 'A'.repeat(43);
const mine = { digest: 'of-the-code', tokenDigest: 'B'.repeat(43) };

function done<D>(decision: Decision<D>): D {
  if (!decision.ok) throw new Error(decision.message);
  return decision.next;
}

function door() {
  const settings = doorSettings.parse({ name: 'Gate' });
  return done(createDoor(null, { id: 'gate', settings, kioskTokenDigest: first }, operation()));
}

const waiting = () => done(createPairing(door(), mine.digest, operation()));

describe('a pairing code', () => {
  it('is read as it was shown, in any case, without its dash, and with what looks alike', () => {
    fc.assert(
      fc.property(fc.constant(null).map(newPairingCode), fc.boolean(), (code, lower) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        const cased = lower ? code.toLowerCase() : code;
        const typed = ` ${cased.replace('-', '').replaceAll('0', 'O').replaceAll('1', 'l')} `;
        expect(pairingDigestsOf([pepper], typed)).toEqual(pairingDigestsOf([pepper], code));
      }),
    );
  });

  it.each(['', 'K7QM-4FX', 'K7QM-4FXAA', 'K7QM-4FXU', 'K7QM_4FXA'])(
    'is not what has another form: %j',
    (typed) => {
      expect(pairingDigestsOf([pepper], typed)).toEqual([]);
    },
  );

  it('gives the door to the kiosk that shows it, and ends the one before', () => {
    const before = waiting();
    expect(policyOf(before).kioskTokenDigest).toBe(first);
    const paired = done(pairKiosk(before, mine, operation()));
    expect(policyOf(paired)).toMatchObject({
      kioskTokenDigest: mine.tokenDigest,
      version: before.revision + 1,
    });
  });

  it('is good once: the same kiosk gets the same answer, another one none', () => {
    const paired = done(pairKiosk(waiting(), mine, operation()));
    expect(done(pairKiosk(paired, mine, operation(NOW + 1)))).toBe(paired);
    const other = { ...mine, tokenDigest: 'C'.repeat(43) };
    expect(pairKiosk(paired, other, operation())).toMatchObject({ code: 'LK-KSK-005' });
    const renewed = done(renewKioskToken(paired, first, operation()));
    expect(pairKiosk(renewed, mine, operation())).toMatchObject({ code: 'LK-KSK-005' });
  });

  it('is good for ten minutes', () => {
    const before = operation(NOW + PAIRING_LIFE_MS - 1);
    expect(pairKiosk(waiting(), mine, before)).toMatchObject({ ok: true });
    const late = operation(NOW + PAIRING_LIFE_MS);
    expect(pairKiosk(waiting(), mine, late)).toMatchObject({ code: 'LK-KSK-005' });
  });

  it('is void with the next one, with the parting of the kiosk, and with the door', () => {
    const next = done(createPairing(waiting(), 'of-the-next', operation()));
    const parted = done(unpairKiosk(waiting(), operation()));
    const removed = done(removeDoor(waiting(), operation()));
    for (const gone of [next, parted, removed, null]) {
      expect(pairKiosk(gone, mine, operation())).toMatchObject({ code: 'LK-KSK-005' });
    }
  });
});

it('parts a kiosk from its door, and once more changes nothing', () => {
  const parted = done(unpairKiosk(door(), operation()));
  expect(policyOf(parted).kioskTokenDigest).toBeNull();
  expect(done(unpairKiosk(parted, operation()))).toBe(parted);
});
