import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { OPERATOR_DIGEST_FILE } from '@latchkey/contracts';
import type { KeyFile } from './key-file.js';
import { keyLines } from './key-files.js';

/** A new operator token, 256 random bits, so that a plain digest (hex SHA-256) of it is as good as a slow one. */
export function newOperatorToken(): { token: string; digest: string } {
  const token = `lko_${randomBytes(32).toString('base64url')}`;
  return { token, digest: createHash('sha256').update(token, 'utf8').digest('hex') };
}

/** The digests of the operator tokens that are good; read again when the file changes. @throws Failure LK-KEY-001 or LK-KEY-002 */
export function watchOperatorDigests(dir: string): KeyFile<readonly Uint8Array[]> {
  const path = join(dir, OPERATOR_DIGEST_FILE);
  return keyLines(path, 'a SHA-256 in hex on each line', (line) =>
    /^[0-9a-f]{64}$/.test(line) ? Buffer.from(line, 'hex') : undefined,
  );
}
