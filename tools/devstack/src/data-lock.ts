import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DevstackError } from './devstack-error.js';

/** A lock that nobody refers to would be collected as garbage, and so be given up. */
const held = new Set<DatabaseSync>();

/**
 * Takes the data folder (made if missing) for this process alone: two brokers on one store would spoil it. The lock is
 * the operating system's, by way of SQLite, so it ends with this process, however that ends.
 * Throws LK-DEV-005 where another process has it.
 *
 * @returns gives the folder free again
 */
export function lockDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataDir, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error as Error).message.includes('locked')) throw error;
    throw new DevstackError(
      'LK-DEV-005',
      `Latchkey is running on ${resolve(dataDir)} already. End that one first, or set LK_DATA_DIR to another folder.`,
    );
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) lock.close();
  };
}
