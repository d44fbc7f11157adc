import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checked, readSettings, requests } from './requests.js';

const draft = {
  person: 's1',
  name: 'Asha Rao',
  email: 'asha@campus.example',
  by: 'op',
  guard: false,
  groups: [],
  language: '',
  consent: '',
};
const refusal = (facts: object) => {
  try {
    checked(requests.createDraft, { ...draft, ...facts });
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a registration request', () => {
  it.each(['Asha Rao', 'Zoë', "O'Brien", '王小明', 'José María de la Cruz-Núñez'])(
    'takes the name %s',
    (name) => {
      expect(refusal({ name })).toBe('accepted');
    },
  );
  it.each([
    '',
    ' ',
    'a\nb',
    'Asha\n',
    'a\rb',
    'a\tb',
    'a\u2028b',
    'a\u0085b',
    'a\u202Eb',
    'a\u2066b',
    'a\ud800b',
    '\u200B',
    '\u200F\u061C',
    '- .',
    'a\0b',
    'x'.repeat(101),
  ])('refuses the name %j', (name) => expect(refusal({ name })).toBe('LK-PER-005'));
  it.each(['a@b.example', 'first.last+tag@sub.campus.example', "o'brien@x.org", 'A@B.EXAMPLE'])(
    'takes the address %s',
    (email) => {
      expect(refusal({ email })).toBe('accepted');
    },
  );
  it.each([
    '',
    'a',
    'a@b',
    'a@localhost',
    '@b.example',
    'a@b..example',
    '.a@b.example',
    'a.@b.example',
    'a..b@b.example',
    'a b@c.example',
    'a@b.example\n',
    'a@b.example\r\nBcc: x@y.example',
    'a@b.example,c@d.example',
    'Asha <a@b.example>',
    '"a b"@c.example',
    'a@[127.0.0.1]',
    'a@-b.example',
    'ä@b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b.'.repeat(126)}example`,
  ])('refuses the address %j', (email) => expect(refusal({ email })).toBe('LK-PER-003'));
  it.each(['', 'a b', 'a\n', '../x', 'a.b', '-a', 'x'.repeat(65), 'ä', 'a*'])(
    'refuses the id %j',
    (person) => {
      expect(refusal({ person })).toBe('LK-PER-001');
    },
  );

  it('never lets a line break through, wherever it stands', () => {
    const broken = fc.tuple(
      fc.string(),
      fc.constantFrom('\n', '\r', '\u2028', '\u2029', '\v'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        broken,
        fc.constantFrom('person', 'name', 'email', 'by'),
        ([head, br, tail], field) => {
          expect(refusal({ [field]: head + br + tail })).not.toBe('accepted');
        },
      ),
    );
  });

  it('names every field at fault, and none of the values', () => {
    const bad = { ...draft, name: 'secret\nname', email: 'secret@' };
    expect(() => checked(requests.createDraft, bad)).toThrow(/name: .*email: /);
    expect(() => checked(requests.createDraft, bad)).not.toThrow(/secret/);
  });
});

describe("a door's settings", () => {
  it('get their defaults', () => {
    expect(readSettings('{"name":"North"}')).toMatchObject({ audience: 'everyone', codeWaitS: 30 });
  });
  it.each([
    '',
    '[]',
    '{}',
    '{"name":"a\\nb"}',
    '{"name":"x","codeWaitS":1}',
    '{"name":"a\\u2028b"}',
    '{"name":"a\\u202eb"}',
    '{"name":"\\u200b"}',
    '{"name":"a\\ud800"}',
  ])('are refused as %j', (json) => {
    expect(() => readSettings(json)).toThrow(expect.objectContaining({ code: 'LK-DOR-001' }));
  });
});
