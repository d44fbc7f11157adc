// Checks that every relative link in a Markdown file of this project leads to a file or folder that is there.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './processes.mjs';

/** `[text](target)` and `![text](target "title")`, outside of code. */
const link = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;
const code = /```[^]*?```|`[^`\n]*`/g;
const elsewhere = /^([a-z][a-z0-9+.-]*:|#|\/\/)/i;

function brokenLinks(file) {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(code, (found) =>
    found.replaceAll(/[^\n]/g, ' '),
  );
  return [...text.matchAll(link)]
    .filter(([, target]) => !elsewhere.test(target))
    .filter(([, target]) => {
      const path = decodeURIComponent(target.split('#')[0]);
      return !existsSync(join(root, path.startsWith('/') ? '' : dirname(file), path));
    })
    .map(({ index, 1: target }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${file}:${line}: ${target} is not there`;
    });
}

const notOurs = new Set(['node_modules', 'dist', 'var', 'coverage']);
const exclude = (path) => notOurs.has(basename(path));
const broken = globSync('**/*.md', { cwd: root, exclude }).flatMap(brokenLinks);
for (const line of broken) console.error(line);
process.exit(broken.length === 0 ? 0 : 1);
