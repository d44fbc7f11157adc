import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromCurveSeed, fromPublic } from '@nats-io/nkeys';
import { Failure } from './failure.js';
import { KeyFile, linesOf, newestKey } from './key-file.js';

/** The newest public curve key in `<dir>/<name>.pub`. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadPublicKey(dir: string, name: string): Promise<string> {
  return newestKey(watchPublicKey(dir, name));
}

/** The newest curve seed in `<dir>/<name>.seed`. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadSeed(dir: string, name: string): Promise<string> {
  return newestKey(watchSeed(dir, name));
}

/** The newest 32 random bytes in `<dir>/<name>.key`. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadSecret(dir: string, name: string): Promise<Uint8Array> {
  return newestKey(watchSecret(dir, name));
}

/** `<dir>/<name>.pub`, to seal by; read again when it changes. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export function watchPublicKey(dir: string, name: string): KeyFile<readonly string[]> {
  const expected = 'a public curve key: X and 55 more letters and digits';
  return keyLines(join(dir, `${name}.pub`), expected, (line) =>
    line.startsWith('X') ? fromPublic(line).getPublicKey() : undefined,
  );
}

/** `<dir>/<name>.seed`, to open by; read again when it changes. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export function watchSeed(dir: string, name: string): KeyFile<readonly string[]> {
  const expected = 'the seed of a curve key: SX and 56 more letters and digits';
  return keyLines(join(dir, `${name}.seed`), expected, (line) => {
    fromCurveSeed(Buffer.from(line, 'ascii')).getPublicKey();
    return line;
  });
}

/** `<dir>/<name>.key`, each 32 random bytes in base64url; read again when it changes. @throws Failure LK-KEY-001 or LK-KEY-002 */
export function watchSecret(dir: string, name: string): KeyFile<readonly Uint8Array[]> {
  return keyLines(join(dir, `${name}.key`), '32 bytes in base64url', (line) => {
    const bytes = Buffer.from(line, 'base64url');
    return bytes.length === 32 && /^[A-Za-z0-9_-]{43}$/.test(line) ? bytes : undefined;
  });
}

/** The keys of a file, one a line, the newest first. @param read answers undefined, or throws, where it is none */
export function keyLines<Key>(
  path: string,
  expected: string,
  read: (line: string) => Key | undefined,
): KeyFile<readonly Key[]> {
  return new KeyFile([path], ([text = '']) => {
    const lines = linesOf(text);
    try {
      const keys = lines.map(read).filter((key) => key !== undefined);
      if (keys.length > 0 && keys.length === lines.length) return keys;
    } catch {
      // Said below, with the file's name.
    }
    throw invalidKey(path, expected);
  });
}

/** A key file's text. @throws Failure LK-KEY-001, naming the file. */
export async function readKeyFile(
  dir: string,
  file: string,
): Promise<{ path: string; text: string }> {
  const path = join(dir, file);
  try {
    return { path, text: (await readFile(path, 'utf8')).trim() };
  } catch (cause) {
    throw Failure.terminal(
      'LK-KEY-001',
      `The key file ${path} cannot be read. Run \`latchkey keys init\`, or mount the file where LK_KEYS_DIR points.`,
      { cause },
    );
  }
}

/** The text of a file that need not be there; undefined where it is not. @throws Failure LK-KEY-001, naming the file */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw Failure.terminal('LK-KEY-001', `The key file ${path} cannot be read.`, { cause });
  }
}

/** Puts a text into a file, for its owner alone and in one step, so that nobody reads half of it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

/** What to say of a key file that holds something else. */
export function invalidKey(path: string, expected: string): Failure {
  return Failure.terminal(
    'LK-KEY-002',
    `The key file ${path} does not hold ${expected}. Restore it from its backup; do not make a new one for existing data.`,
  );
}
