import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DEFAULT_FIGURES } from '@latchkey/vision';
import { personOf } from '../sample-set.js';
import { figuresPage } from './figures-page.pure.js';
import { lookCorrelations } from './look-correlations.pure.js';
import { comparisonsOf, detPlot, livenessPlot, sizesPlot } from './plots.pure.js';
import { looksFromCsv, presentationsFromCsv } from './scores-csv.pure.js';

// Writes docs/FIGURES.md and its plots from the figures that ship and the scores behind them; with `--check` it compares, and exits
// with 1 where one is stale.
const docs = new URL('../../../../docs/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, docs), 'utf8');
const looks = looksFromCsv(read('figures/looks.csv'));
const times = JSON.parse(read('figures/security.json'));
const files = {
  'FIGURES.md': figuresPage(DEFAULT_FIGURES, times),
  'figures/presentations.svg': livenessPlot(
    presentationsFromCsv(read('figures/presentations.csv')),
  ),
  'figures/det.svg': detPlot(comparisonsOf(looks, personOf)),
  'figures/sizes.svg': sizesPlot(lookCorrelations(looks, personOf)),
};
for (const [path, fresh] of Object.entries(files)) {
  const file = new URL(path, docs);
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh) {
    console.error(`docs/${path} is not fresh; run \`npm run generate\``);
    process.exitCode = 1;
  }
}
