import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROKER_CERTIFICATE_FILES, BROKER_USERS_FILE } from '@latchkey/contracts';

/** What is told a broker beside where it listens and stores. */
export interface BrokerConfig {
  /** More text for the server's configuration file. */
  readonly text: string;
  /** Files by name, for the folder in which it is started. */
  readonly files: Readonly<Record<string, string>>;
}

/** What `latchkey keys` made for the broker in that folder: TLS alone, a user for each key, and the certificate. */
export async function readBrokerConfig(
  text: string,
  keysDir: string | undefined,
): Promise<BrokerConfig> {
  if (keysDir === undefined) return { text, files: {} };
  const textOf = (name: string) => readFile(join(keysDir, name), 'utf8');
  const names = Object.values(BROKER_CERTIFICATE_FILES);
  const files = await Promise.all(names.map(async (name) => [name, await textOf(name)] as const));
  return {
    text: `${text}\n${await textOf(BROKER_USERS_FILE)}`,
    files: Object.fromEntries(files),
  };
}
