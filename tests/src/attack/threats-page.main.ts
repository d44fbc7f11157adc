import { readFileSync, writeFileSync } from 'node:fs';
import { attacks } from './attacks.table.js';
import { withTable } from './threats-page.pure.js';

// Writes the table of attacks into docs/THREATS.md; with `--check` it compares, and exits with 1 where that is stale.
const path = new URL('../../../docs/THREATS.md', import.meta.url);
const page = readFileSync(path, 'utf8');
const fresh = withTable(page, attacks);
if (!process.argv.includes('--check')) writeFileSync(path, fresh);
else if (fresh !== page) {
  console.error('docs/THREATS.md is not fresh; run `npm run generate`');
  process.exit(1);
}
