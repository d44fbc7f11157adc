import { signalGroup, spawnWatched } from './watched-process.js';

export interface CommandResult {
  /** Exit code; undefined where the program could not be started or was ended by a signal (also by the time limit). */
  code: number | undefined;
  /** Standard output and standard error, together. */
  output: string;
}

/**
 * Runs a program to its end with no input and gives back what it printed. Never throws: a missing program is a result too.
 * It is ended by force after `timeoutMs`.
 */
export function runCommand(
  command: string,
  args: string[],
  timeoutMs: number,
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const child = spawnWatched(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), timeoutMs);
  return new Promise<CommandResult>((resolve) => {
    child.once('error', (error) => resolve({ code: undefined, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? undefined, output }));
  }).finally(() => clearTimeout(timer));
}
