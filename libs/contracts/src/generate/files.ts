import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files to be written, by path from the root of the checkout. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Writes the files. */
export async function writeFiles(root: string, files: GeneratedFiles): Promise<void> {
  for (const [path, text] of files) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/** The paths whose file in the tree is missing or differs. */
export async function staleFiles(root: string, files: GeneratedFiles): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of files) {
    const present = await readFile(join(root, path), 'utf8').catch(() => null);
    if (present !== text) stale.push(path);
  }
  return stale;
}
