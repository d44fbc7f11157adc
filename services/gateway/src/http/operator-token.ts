import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OPERATOR_DIGEST_FILE } from '@latchkey/contracts';
import { type KeyFile, newOperatorToken, watchOperatorDigests } from '@latchkey/runtime';
import { createOnce } from '@latchkey/runtime/keys';

/** The digests to compare with, and the token itself where it was made just now. */
export interface OperatorToken {
  /** 32 bytes each; read again when `latchkey keys` rotates or retires the token. */
  readonly digests: KeyFile<readonly Uint8Array[]>;
  /** Only at the first start, this once: it is kept nowhere. */
  readonly made: string | undefined;
}

/**
 * Reads the digests of the operator's token; at the first start makes the token.
 * @throws Failure LK-KEY-002, terminal, where the file holds no digest.
 */
export async function operatorToken(keysDir: string): Promise<OperatorToken> {
  await mkdir(keysDir, { recursive: true, mode: 0o700 });
  const { token, digest } = newOperatorToken();
  const made = (await createOnce(join(keysDir, OPERATOR_DIGEST_FILE), digest)) ? token : undefined;
  return { digests: watchOperatorDigests(keysDir), made };
}

/**
 * Shows a token that was made just now, this once: in the file that is named (0600), for whoever supervises this
 * process; else on the console, past the logger, which would redact it.
 */
export async function showOperatorToken(token: string, file: string | undefined): Promise<void> {
  if (file) await writeFile(file, `${token}\n`, { mode: 0o600 });
  else process.stdout.write(`Operator token (keep it, it is not shown again): ${token}\n`);
}
