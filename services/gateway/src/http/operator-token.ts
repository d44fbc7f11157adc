import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '@latchkey/runtime';
import { createOnce } from '@latchkey/runtime/keys';

/** Where the token's digest lies within the folder of keys: hex SHA-256 of the token's text. */
const DIGEST_FILE = 'operator.sha256';

/** The digest to compare with, and the token itself where it was made just now. */
export interface OperatorToken {
  /** 32 bytes. */
  readonly digest: Uint8Array;
  /** Only at the first start, this once: it is kept nowhere. */
  readonly made: string | undefined;
}

/**
 * Reads the digest of the operator's token; at the first start makes the token: 256 random bits, so that a plain digest
 * of it is as good as a slow one.
 * @throws Failure LK-KEY-002, terminal, where the file holds no digest.
 */
export async function operatorToken(keysDir: string): Promise<OperatorToken> {
  await mkdir(keysDir, { recursive: true, mode: 0o700 });
  const path = join(keysDir, DIGEST_FILE);
  const token = `lko_${randomBytes(32).toString('base64url')}`;
  const digest = createHash('sha256').update(token, 'utf8').digest();
  if (await createOnce(path, digest.toString('hex'))) return { digest, made: token };
  const text = (await readFile(path, 'utf8')).trim();
  if (/^[0-9a-f]{64}$/.test(text)) return { digest: Buffer.from(text, 'hex'), made: undefined };
  throw Failure.terminal(
    'LK-KEY-002',
    `The key file ${path} does not hold a SHA-256 in hex. Delete it to have a new operator token made at the next start.`,
  );
}

/**
 * Shows a token that was made just now, this once: in the file that is named (0600), for whoever supervises this
 * process; else on the console, past the logger, which would redact it.
 */
export async function showOperatorToken(token: string, file: string | undefined): Promise<void> {
  if (file) await writeFile(file, `${token}\n`, { mode: 0o600 });
  else process.stdout.write(`Operator token (keep it, it is not shown again): ${token}\n`);
}
