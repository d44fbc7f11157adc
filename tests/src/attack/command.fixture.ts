import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FrontDesk } from '../gateway/front-desk.fixture.js';

const program = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

/** What a run of the command line said, and how it ended. */
export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** Runs `latchkey` as the operator of a desk does. */
export async function latchkey(desk: FrontDesk, ...args: readonly string[]): Promise<Ran> {
  const { gateway, token, keysDir } = desk;
  return runLatchkey({ url: gateway.httpUrl, token, keysDir }, ...args);
}

/** Runs `latchkey` against a gateway. */
export async function runLatchkey(
  at: { readonly url: string | undefined; readonly token: string; readonly keysDir?: string },
  ...args: readonly string[]
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      LATCHKEY_URL: at.url ?? '',
      LATCHKEY_TOKEN: at.token,
      ...(at.keysDir === undefined ? {} : { LK_KEYS_DIR: at.keysDir }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => (said.out += String(part)));
  child.stderr.on('data', (part) => (said.err += String(part)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...said, code };
}
