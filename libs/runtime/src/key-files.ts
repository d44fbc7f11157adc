import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromCurveSeed, fromPublic } from '@nats-io/nkeys';
import { Failure } from './failure.js';

/** The public curve key in `<dir>/<name>.pub`. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadPublicKey(dir: string, name: string): Promise<string> {
  const { path, text } = await read(dir, `${name}.pub`);
  try {
    if (text.startsWith('X')) return fromPublic(text).getPublicKey();
  } catch {
    // Said below, with the file's name.
  }
  throw invalid(path, 'a public curve key: X and 55 more letters and digits');
}

/** The curve seed in `<dir>/<name>.seed`. @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadSeed(dir: string, name: string): Promise<string> {
  const { path, text } = await read(dir, `${name}.seed`);
  try {
    fromCurveSeed(Buffer.from(text, 'ascii')).getPublicKey();
    return text;
  } catch {
    throw invalid(path, 'the seed of a curve key: SX and 56 more letters and digits');
  }
}

/** The 32 random bytes in `<dir>/<name>.key` (base64url). @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadSecret(dir: string, name: string): Promise<Uint8Array> {
  const { path, text } = await read(dir, `${name}.key`);
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length === 32 && /^[A-Za-z0-9_-]{43}$/.test(text)) return bytes;
  throw invalid(path, '32 bytes in base64url');
}

async function read(dir: string, file: string): Promise<{ path: string; text: string }> {
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

function invalid(path: string, expected: string): Failure {
  return Failure.terminal(
    'LK-KEY-002',
    `The key file ${path} does not hold ${expected}. Restore it from its backup; do not make a new one for existing data.`,
  );
}
