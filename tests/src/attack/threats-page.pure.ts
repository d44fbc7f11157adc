import type { Attack } from './attack.types.js';

const begin =
  '<!-- attacks: written by `npm run generate` from tests/src/attack/attacks.table.ts -->';
const end = '<!-- end of attacks -->';

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');

function tableOf(attacks: readonly Attack[]): string {
  const rows = attacks.map(({ id, promise, attack, file, test, result }) => {
    const where = `[${file.slice(file.lastIndexOf('/') + 1)}](../${file})`;
    const cells = [`\`${id}\``, promise, attack, result ?? 'holds', `${where}: ${test}`];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return ['| id | promise | attack | result | test |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** The page with its table of attacks written anew between its two marks. @throws {Error} where a mark is missing */
export function withTable(page: string, attacks: readonly Attack[]): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/THREATS.md needs the lines ${begin} and ${end}`);
  const summary = `${attacks.length} attacks; all of them run in \`npm test\`, which fails where a promise breaks.`;
  return `${page.slice(0, from)}${begin}\n${summary}\n\n${tableOf(attacks)}\n${page.slice(to)}`;
}

/** The lines of the model, which stand before the table: each a threat, with what covers it. */
export function threatLines(page: string): string[] {
  const model = page.slice(0, page.indexOf(begin));
  return model.split('\n').filter((line) => /^\| [STRIDE]+ \|/.test(line));
}

/** The attacks that a line of the model names, in its last cell. */
export function idsIn(line: string): string[] {
  const last = line.split('|').at(-2) ?? '';
  return [...last.matchAll(/`([a-z0-9-]+)`/g)].map(([, id = '']) => id);
}
