import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doorSettings, newDoorSettings } from './door.values.js';
import { doorName, personName } from './names.js';

/** Nothing to be seen, half a character, more than one line, or text turned around. */
const refused = [
  '',
  ' ',
  '\u200B',
  '\u200F\u061C',
  '\u00AD\uFEFF',
  '- .',
  'a\nb',
  'Asha\n',
  'a\u0085b',
  'a\u2028b',
  'a\u2029b',
  'a\ud800',
  '\udc00a',
  'a\u202Eb',
  'a\u2066b',
  'x'.repeat(101),
];

describe('a name', () => {
  it.each(['Asha Rao', 'Zoë', "O'Brien", '王小明', '3', 'علی‌رضا', 'José-María', '𝒜lice'])(
    'may be %s',
    (name) => expect(personName.parse(name)).toBe(name),
  );

  it.each(refused)('may not be %j, of a person or a door', (name) => {
    expect(personName.safeParse(name).success).toBe(false);
    expect(doorName.safeParse(name).success).toBe(false);
  });

  it('is trimmed and composed: the same name is the same text', () => {
    expect(personName.parse(' Zoe\u0308 ')).toBe('Zo\u00eb');
  });

  it('outlives UTF-8 as it is, whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const { data } = personName.safeParse(given);
        if (data === undefined) return;
        expect(new TextDecoder().decode(new TextEncoder().encode(data))).toBe(data);
      }),
    );
  });

  it('is not asked of doors that were stored before', () => {
    const settings = { name: 'a\u2028b' };
    expect(doorSettings.safeParse(settings).success).toBe(true);
    expect(newDoorSettings.safeParse(settings).success).toBe(false);
  });
});
