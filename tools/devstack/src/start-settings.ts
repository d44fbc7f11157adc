import { resolve } from 'node:path';

export interface StartSettings {
  dataDir: string;
  /** Settings of the stack and the services that the person has set. */
  env: Record<string, string>;
}

const ours = /^(LK_|SMTP_|NATS_URL$)/;

/** What the environment says about how Latchkey is to run. An empty variable counts as unset. */
export function settingsFrom(env: NodeJS.ProcessEnv, checkout: string): StartSettings {
  const set = Object.entries(env).filter(
    (entry): entry is [string, string] => ours.test(entry[0]) && Boolean(entry[1]?.trim()),
  );
  const chosen = Object.fromEntries(set);
  return { env: chosen, dataDir: resolve(checkout, chosen.LK_DATA_DIR ?? 'var') };
}
