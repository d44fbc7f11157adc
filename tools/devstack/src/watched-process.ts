import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Reads "+ PID" and "- PID" and, when its input ends because the process that started it is gone in whatever way,
 * ends the process groups still listed: SIGTERM, then SIGKILL to what remains after 5 s.
 */
const watchdogScript = `
trap '' INT TERM HUP
pids=
while read -r op pid; do
  kept=
  for known in $pids; do [ "$known" = "$pid" ] || kept="$kept $known"; done
  pids=$kept
  [ "$op" = + ] && pids="$pids $pid"
done
for pid in $pids; do kill -TERM "-$pid" 2>/dev/null; done
for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
  alive=
  for pid in $pids; do kill -0 "-$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && exit 0
  sleep 0.2
done
for pid in $pids; do kill -KILL "-$pid" 2>/dev/null; done
`;

let watchdog: Writable | undefined;

function tell(line: string): void {
  watchdog ??= startWatchdog();
  watchdog.write(`${line}\n`);
}

function startWatchdog(): Writable {
  // Detached, so that a terminal's Ctrl-C does not reach it; unref'd, so that it keeps nobody alive.
  const shell = spawn('/bin/sh', ['-c', watchdogScript], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return shell.stdin;
}

/**
 * Starts a program that never outlives this process: it is ended even when this one is killed with SIGKILL.
 * It leads a process group of its own, so a terminal's Ctrl-C reaches it only through us.
 */
export function spawnWatched(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  const { pid } = child;
  if (pid === undefined) return child; // it could not be started: the caller hears of it by 'error'
  tell(`+ ${pid}`);
  child.once('exit', () => tell(`- ${pid}`));
  return child;
}

/** Resolves when the process is gone; at once if it already is. */
export function gone(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Asks the process to end, then ends it by force where `boundMs` were not enough. Resolves when it is gone. */
export async function endProcess(child: ChildProcess, boundMs: number): Promise<void> {
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), boundMs);
  child.kill('SIGTERM');
  await gone(child);
  clearTimeout(timer);
}

/** Sends a signal to the process and all that it started itself. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has just gone by itself
  }
}
