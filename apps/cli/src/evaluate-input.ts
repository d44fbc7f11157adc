import { extname, join } from 'node:path';
import { VisionError } from '@latchkey/vision';
import { listGiven, readGiven } from './given-path.js';

const PICTURE_TYPES = new Set([
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.avif',
  '.gif',
  '.tif',
  '.tiff',
  '.heif',
  '.heic',
]);

/** All pictures under a folder, however deep, sorted by path. @throws Error if it cannot be read */
export async function findPictures(folder: string): Promise<string[]> {
  const entries = await listGiven(folder, { recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory() && PICTURE_TYPES.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** A folder per person: each folder's name with its pictures. @throws Error if it cannot be read */
export async function findPeople(
  folder: string,
): Promise<{ personId: string; pictures: string[] }[]> {
  const entries = await listGiven(folder);
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (personId) => ({
      personId,
      pictures: await findPictures(join(folder, personId)),
    })),
  );
}

/** What `read` makes of a file; `undefined`, with a line on stderr, where the file is no picture. */
export async function readPicture<T>(
  path: string,
  read: (bytes: Uint8Array) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read(await readGiven(path));
  } catch (error) {
    if (!(error instanceof VisionError)) throw error;
    process.stderr.write(`${path}: ${error.message}\n`);
    return undefined;
  }
}

const PROGRESS_EVERY_MS = 2000;

/** Says on stderr how far long work has come, at most every two seconds. Call the result once a step. */
export function progress(what: string, total: number): () => void {
  let done = 0;
  let saidMs = performance.now();
  return () => {
    done += 1;
    if (performance.now() - saidMs < PROGRESS_EVERY_MS) return;
    saidMs = performance.now();
    process.stderr.write(`${what}: ${done} of ${total}\n`);
  };
}
