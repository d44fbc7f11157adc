import type { Person } from '@latchkey/contracts/grpc';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { exportHeader, IMPORT_MAX_ROWS, readPeople, writePeople } from './people-csv.pure.js';

const rowsOf = (csv: string) => {
  const rows = readPeople(csv);
  if (typeof rows === 'string') throw new Error(rows);
  return rows;
};

function person(facts: Partial<Person>): Person {
  return {
    person: 's1',
    name: 'Asha',
    email: 'asha@x.example',
    state: 'listed',
    samples: 0,
    createdAt: 0,
    enrolledAt: 0,
    guard: false,
    groups: [],
    codeIssuedAt: 0,
    codeUsedAt: 0,
    locks: [],
    version: 1,
    language: 'en',
    codeJob: '',
    duressIssuedAt: 0,
    alike: [],
    ...facts,
  };
}

describe('a list of people', () => {
  it.each([
    ['commas', 'id,name,email\r\ns1,"Rao, Asha",a@x.example'],
    ['semicolons and a byte order mark', '\uFEFFid;name;email\ns1;Rao, Asha;a@x.example'],
    ['tabs', 'id\tname\temail\ns1\tRao, Asha\ta@x.example\n'],
    ['other columns, in another order', 'E-Mail,NAME , Email,id\nx,"Rao, Asha",a@x.example,s1'],
  ])('is read with %s', (_, csv) => {
    expect(rowsOf(csv)).toMatchObject([
      { line: 2, newcomer: { person: 's1', name: 'Rao, Asha', email: 'a@x.example' }, faults: [] },
    ]);
  });

  it('says at which line each begins, and reads guards, groups and languages', () => {
    const csv = `id,name,email,guard,groups,language

s1,"A
B",a@x.example,yes,staff; lab ,HI
s2,C,c@x.example,No,,
s3,D,d@x.example,perhaps,x|y,fr
s4,E,e@x.example,,,,more`;
    expect(rowsOf(csv)).toMatchObject([
      {
        line: 3,
        newcomer: { name: 'A\nB', guard: true, groups: ['staff', 'lab'], language: 'hi' },
        faults: [],
      },
      { line: 5, newcomer: { guard: false, groups: [], language: '' }, faults: [] },
      {
        line: 6,
        newcomer: { groups: ['x', 'y'] },
        faults: [{ field: 'guard' }, { field: 'language' }],
      },
      { line: 7, faults: [{ field: 'row' }] },
    ]);
  });

  it('names the line where an id or an address came before, whatever its case', () => {
    const csv = 'id,name,email\ns1,A,a@x.example\nS1,B,b@x.example\ns2,C,A@X.example';
    expect(rowsOf(csv).map(({ faults }) => faults)).toEqual([
      [],
      [{ field: 'id', code: 'LK-PER-002', message: 'is in line 2, too' }],
      [{ field: 'email', code: 'LK-PER-004', message: 'is in line 2, too' }],
    ]);
  });

  it.each([
    ['', /does not name id, name, email/],
    ['name,id\nA,s1', /does not name email/],
    ['id,name,email\n\n', /nobody/],
    [`id,name,email\n${'s,n,e\n'.repeat(IMPORT_MAX_ROWS + 1)}`, /holds 10001/],
  ])('is refused in words where it is none', (csv, why) => {
    expect(readPeople(csv)).toMatch(why);
  });

  it('holds no formula, whatever parts its columns, and is read as it was written', () => {
    const piece = fc.constantFrom('', '=', '+', '-', '@', '＝', ';', "'", '"', ',', 'x', ' ');
    const text = fc
      .tuple(fc.array(piece, { maxLength: 6 }), fc.string({ minLength: 1, maxLength: 20 }))
      .map(([pieces, rest]) => [...pieces, rest].join('').replaceAll(/\s/g, ' ').trim())
      .filter((name) => name !== '');
    const groups = ['staff', '=1+1'];
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (names) => {
        const csv = exportHeader + writePeople(names.map((name) => person({ name, groups })));
        const cells = [',', ';', '\t'].flatMap((delimiter) =>
          Papa.parse<string[]>(csv, { delimiter }).data.flat(),
        );
        expect(cells.filter((cell) => /^[=+\-@＝]/.test(cell))).toEqual([]);
        expect(rowsOf(csv).map(({ newcomer }) => newcomer)).toMatchObject(
          names.map((name) => ({ name, groups })),
        );
      }),
    );
  });
});
