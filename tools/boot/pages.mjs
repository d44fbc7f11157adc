// The web pages (apps/console): built by Vite, and only where something that they are made of has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './processes.mjs';

const app = 'apps/console';
const stamp = join(root, app, 'dist', 'sources.sha256');
const pages = ['console', 'kiosk'];
const madeOf = [
  ...['src', 'build', 'package.json', 'vite.config.ts'].map((path) => join(app, path)),
  'libs/contracts/src/consent.ts',
  'docs/reference/openapi.json',
  'docs/reference/asyncapi.json',
  'pnpm-lock.yaml',
];

function filesUnder(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesUnder(join(path, name)));
}

function digest() {
  const hash = createHash('sha256');
  for (const file of madeOf.flatMap(filesUnder).toSorted((one, other) => (one < other ? -1 : 1))) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** @returns {Promise<number>} exit code */
export async function buildPages() {
  const now = digest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return 0;
  for (const mode of pages) {
    const config = join(app, 'vite.config.ts');
    const code = await run(
      ['vite', 'build', '--config', config, '--mode', mode, '--logLevel', 'warn'],
      { quiet: true },
    );
    if (code !== 0) return code;
  }
  writeFileSync(stamp, now);
  return 0;
}
