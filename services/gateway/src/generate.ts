import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from './docs/openapi.document.js';
import { routes } from './route-table.js';

const name = 'docs/reference/openapi.json';
const path = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const text = `${JSON.stringify(openApiDocument(routes), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const present = await readFile(path, 'utf8').catch(() => null);
  if (present !== text) {
    process.stderr.write(`stale: ${name}\n`);
    process.exitCode = 1;
  }
} else {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
