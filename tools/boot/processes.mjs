// Running other programs so that signals reach them and their exit code comes back.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const binFolder = join(root, 'node_modules', '.bin');

/** A failure whose message is all that a person needs; no stack trace is shown. */
export class BootError extends Error {}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end in the checkout's root (packages' own commands first on the PATH).
 *
 * @param {string[]} command program and arguments
 * @param {{ quiet?: boolean, watchParent?: boolean, env?: Record<string, string> }} [options]
 *   `quiet`: no standard input, and its output goes to standard error, which leaves standard output clean for `--json`.
 *   `watchParent`: an IPC channel whose end tells the program that this process has died.
 * @returns {Promise<number>} its exit code; 128 + the signal's number where a signal ended it
 */
export function run([program, ...args], { quiet = false, watchParent = false, env = {} } = {}) {
  const stdio = quiet ? ['ignore', 2, 2] : ['inherit', 'inherit', 'inherit'];
  if (watchParent) stdio.push('ipc');
  const child = spawn(program, args, {
    cwd: root,
    stdio,
    env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`, ...env },
  });
  // A terminal's Ctrl-C reaches the child by itself as well: programs here bear being asked twice.
  const forward = (signal) => child.kill(signal);
  for (const signal of forwarded) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new BootError(`Could not run ${program}: ${cause.message}`)),
    );
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    for (const signal of forwarded) process.off(signal, forward);
  });
}
