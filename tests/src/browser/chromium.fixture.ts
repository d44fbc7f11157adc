import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const hint =
  'These tests need Chromium. Set CHROME_PATH to its program, or put chromium or google-chrome on the PATH (on Debian: `apt-get install chromium`).';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

/** Debian's package, where this process may install it. */
function installed(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another test file may be installing it just now: its lock is waited for.
  const lock = ['-o', 'DPkg::Lock::Timeout=240'];
  const apt = (...args: string[]) =>
    spawnSync('apt-get', [...lock, ...args], { env, timeout: 240_000 }).status;
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium') === 0;
  // Package lists may be missing or old.
  if (!install() && !(apt('update') === 0 && install())) return undefined;
  return onPath();
}

/** How long a `beforeAll` may take that only finds Chromium, or installs it. */
export const CHROMIUM_WAIT_MS = 600_000;

/**
 * Where Chromium is: CHROME_PATH, else on the PATH, else installed as Debian's package where that can be done.
 * @throws Error with a hint where there is none
 */
export function findChromium(): string {
  const given = process.env['CHROME_PATH'];
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROME_PATH is ${given}, which is no program. ${hint}`);
  }
  const found = onPath() ?? installed();
  if (!found) throw new Error(hint);
  return found;
}
