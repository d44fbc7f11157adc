import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file as it was read: its path within the folder, and its bytes. */
export interface KeptFile {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Every file in a folder, however deep, that is `wanted`. What goes while they are read is left out. */
export async function filesIn(
  folder: string,
  wanted: (file: string) => boolean = () => true,
): Promise<KeptFile[]> {
  const files = (await pathsIn(folder)).map((path) => path.slice(folder.length + 1)).filter(wanted);
  const kept: KeptFile[] = [];
  for (const file of files) {
    const bytes = await unlessGone(readFile(join(folder, file)));
    if (bytes) kept.push({ file, bytes });
  }
  return kept;
}

async function pathsIn(folder: string): Promise<string[]> {
  const entries = (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? [];
  const paths = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pathsIn(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(paths)).flat();
}

async function unlessGone<Read>(reading: Promise<Read>): Promise<Read | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
