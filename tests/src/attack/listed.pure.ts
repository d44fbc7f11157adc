import type { Attack } from './attack.types.js';

/** `it('…')`, `it.concurrent('…')`, `it.each(…)('…')` and the same with `test`; what strings hold counts too. */
const title =
  /\b(?:it|test)(?:\.(?!each)\w+)*(?:\.each\([^]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])+)\1/g;

/** A comment on lines of its own: behind code, a string may look like one. */
const comment = /^[ \t]*(?:\/\/.*|\/\*[^]*?\*\/)/gm;
/** What keeps tests from running, or from failing. */
const idle =
  /\b(?:x(?:it|test|describe)\(|\w+(?:\.\w+)*\.(?:skip|todo|only|fails|skipIf|runIf)\()/g;

/** The names of a test file's tests, as they are written there, placeholders and all. */
export function titlesIn(source: string): string[] {
  return [...source.replaceAll(comment, '').matchAll(title)].map(([, , name = '']) =>
    name.replaceAll(/\\(['"`\\])/g, '$1'),
  );
}

/** What stops the table from being true, in words; `read`: a file's text, undefined where there is none. */
export function faultsOf(
  attacks: readonly Attack[],
  read: (file: string) => string | undefined,
): string[] {
  const ids = attacks.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...twice.map((id) => `${id} is listed twice`),
    ...[...new Set(attacks.map(({ file }) => file))].flatMap((file) =>
      idleIn(read(file) ?? '').map((what) => `${file}: ${what} keeps a test from being one`),
    ),
    ...attacks.flatMap(({ id, file, test }) => {
      const source = read(file);
      if (source === undefined) return [`${id}: there is no ${file}`];
      return titlesIn(source).includes(test) ? [] : [`${id}: ${file} has no test “${test}”`];
    }),
  ];
}

/** Where a file says that a test is not run, or that it may fail. */
export function idleIn(source: string): string[] {
  return [...source.replaceAll(comment, '').matchAll(idle)].map(([what]) => `${what}…)`);
}

/** Tests of a file that no row names. */
export function unlisted(attacks: readonly Attack[], file: string, source: string): string[] {
  const listed = new Set(attacks.filter((row) => row.file === file).map(({ test }) => test));
  return titlesIn(source)
    .filter((name) => !listed.has(name))
    .map((name) => `${file}: “${name}” is in no row of the table of attacks`);
}
