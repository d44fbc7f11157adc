import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder',
  ENOTDIR: 'A folder was expected, and this is a file',
  EISDIR: 'A file was expected, and this is a folder',
  EACCES: 'You may not read this',
};

/** @throws Error for people: what is wrong with the path that they gave */
function refuse(path: string, cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = reasons[code] ?? `This cannot be read (${code || String(cause)})`;
  throw new Error(`${reason}: ${path}`, { cause });
}

/** Reads a file that a person named. @throws Error that says what is wrong with the path */
export async function readGiven(path: string): Promise<Buffer> {
  return await readFile(path).catch((cause: unknown) => refuse(path, cause));
}

/** What lies in a folder that a person named. @throws Error that says what is wrong with the path */
export async function listGiven(
  path: string,
  { recursive = false }: { readonly recursive?: boolean } = {},
): Promise<Dirent[]> {
  return await readdir(path, { recursive, withFileTypes: true }).catch((cause: unknown) =>
    refuse(path, cause),
  );
}
