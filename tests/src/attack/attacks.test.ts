import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buckets, objectStores, streams } from '@latchkey/contracts';
import { describe, expect, it as says } from 'vitest';
import { attacks } from './attacks.table.js';
import { faultsOf, titlesIn, unlisted } from './listed.pure.js';
import { idsIn, threatLines, withTable } from './threats-page.pure.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const textOf = (file: string) =>
  existsSync(`${root}${file}`) ? readFileSync(`${root}${file}`, 'utf8') : undefined;
const page = textOf('docs/THREATS.md') ?? '';

describe('the table of attacks', () => {
  says('has a test for each row, and at least 60 rows', () => {
    expect(faultsOf(attacks, textOf)).toEqual([]);
    expect(attacks.length).toBeGreaterThanOrEqual(60);
  });

  says('has a row for each test of this folder', () => {
    const files = globSync('tests/src/attack/*.test.ts', { cwd: root }).toSorted();
    const missing = files.flatMap((file) => unlisted(attacks, file, textOf(file) ?? ''));
    expect(missing).toEqual([]);
  });

  says('would miss a test that was renamed, and one that nobody listed', () => {
    const row = { id: 'x', promise: 'p', attack: 'a', file: 'f', test: 'one' };
    const source = [
      "('one', () => {});",
      ".concurrent('three', () => {});",
      ".each([['a'], ['b']] as const)(\n  'two %s', () => {});",
    ]
      .map((line) => `it${line}`)
      .join('\n');
    expect(titlesIn(source)).toEqual(['one', 'three', 'two %s']);
    expect(faultsOf([row], () => source.replace('one', 'none'))).toEqual([
      'x: f has no test “one”',
    ]);
    expect(unlisted([row], 'f', source)).toHaveLength(2);
  });

  says('would miss a test that is there and never runs, may fail, or is a comment', () => {
    const row = { id: 'x', promise: 'p', attack: 'a', file: 'f', test: 'one' };
    const named = ['it', `('one', () => {});`].join('');
    expect(faultsOf([row], () => named)).toEqual([]);
    const idle = ['skip', 'todo', 'only', 'fails', 'skipIf(isLate)', 'concurrent.skip'].map(
      (how) => `it.${how}('one', () => {});`,
    );
    const around = ['skip', 'todo', 'only'].map((how) => `describe.${how}('all', () => {${named}`);
    for (const source of [...idle, ...around, named.replace('it', 'xit')]) {
      expect(faultsOf([row], () => source).join()).toMatch(/^f: .*keeps a test from being one/);
    }
    for (const source of [`  // ${named}`, `/* ${named}\n*/`, `/**\n * ${named}\n */`]) {
      expect(faultsOf([row], () => source)).toEqual(['x: f has no test “one”']);
    }
  });
});

describe('the threat model', () => {
  says('names for each threat an attack that is there', () => {
    const known = new Set(attacks.map(({ id }) => id));
    const lines = threatLines(page);
    expect(lines.length).toBeGreaterThan(40);
    const covered = lines.map((line) => ({ line, by: idsIn(line).filter((id) => known.has(id)) }));
    expect(covered.filter(({ by }) => by.length === 0)).toEqual([]);
    expect(lines.flatMap(idsIn).filter((id) => !known.has(id))).toEqual([]);
  });

  says('shows the table as it is', () => {
    expect(withTable(page, attacks)).toBe(page);
  });
});

describe('the page on privacy', () => {
  const privacy = textOf('docs/PRIVACY.md') ?? '';

  says('names for each duty a test that is there', () => {
    const duties = privacy.split('\n').filter((line) => /^\| (?!article|section|---)\d/.test(line));
    expect(duties.length).toBeGreaterThan(15);
    const testsOf = (line: string) => line.match(/[\w./-]+\.test\.ts/g) ?? [];
    expect(duties.filter((line) => testsOf(line).length === 0)).toEqual([]);
    const named = duties.flatMap(testsOf);
    expect(named.filter((file) => textOf(file) === undefined)).toEqual([]);
  });

  says('leaves out nothing that is kept on the broker', () => {
    const stores = [...Object.values(buckets), ...Object.values(objectStores)];
    const kept = [...Object.keys(streams), ...stores.map(({ name }) => `\`${name}\``)];
    expect(kept.filter((name) => !privacy.includes(name))).toEqual([]);
  });
});
