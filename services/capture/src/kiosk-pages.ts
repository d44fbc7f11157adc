import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** One file of the kiosk's pages, ready to be sent. */
export interface KioskPage {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same, compressed; null where that would not be smaller. */
  readonly zipped: Buffer | null;
  readonly etag: string;
  /** Its name changes with its content, so that it may be kept for ever. */
  readonly isHashed: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const HASHED = /^assets\//;
const zip = promisify(gzip);

/** Where the pages lie: as set, else in the package of the web pages; undefined where that is not installed. */
export function pagesFolder(set: string | undefined): string | undefined {
  if (set !== undefined) return set;
  try {
    const found = createRequire(import.meta.url).resolve('@latchkey/console/package.json');
    return join(dirname(found), 'dist', 'kiosk');
  } catch {
    return undefined;
  }
}

/**
 * Reads all pages into memory, by their path below `/kiosk/`; only what is in this list is ever served.
 * @returns an empty map where the folder is not there: the pages have not been built.
 */
export async function loadPages(
  folder: string | undefined,
): Promise<ReadonlyMap<string, KioskPage>> {
  const pages = new Map<string, KioskPage>();
  if (folder === undefined) return pages;
  for (const path of await filesIn(folder)) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const name = relative(folder, path).split(sep).join('/');
    pages.set(name, await pageOf(name, type, await readFile(path)));
  }
  return pages;
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function pageOf(name: string, type: string, bytes: Buffer): Promise<KioskPage> {
  const zipped = await zip(bytes);
  return {
    type,
    bytes,
    zipped: zipped.length < bytes.length ? zipped : null,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    isHashed: HASHED.test(name),
  };
}
