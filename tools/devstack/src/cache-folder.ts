import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where fetched programs are kept between runs: `LATCHKEY_CACHE`, else `latchkey` in the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(
    env.LATCHKEY_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'latchkey'),
  );
}
