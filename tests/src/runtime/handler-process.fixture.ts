import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { alarmNotLive } from '@latchkey/contracts';
import { type Bus, publishEvent } from '@latchkey/runtime';

const program = fileURLToPath(new URL('handler.process.mjs', import.meta.url));

/** A service that handles alarms, as its own process; disposing of it kills it. */
export interface HandlerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  /** What it wrote so far: `handling <id>`, `handled <id>`, and its log. */
  said(): string;
  /** Where its health is, once it is up. */
  healthUrl(): string | undefined;
}

export function startHandler(url: string, env: Record<string, string> = {}): HandlerProcess {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], NATS_URL: url, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  // Only then has all been heard that it said.
  const exited = once(child, 'close');
  return {
    child,
    exited,
    said: () => text,
    healthUrl: () => /"healthUrl":"(?<url>[^"]+)"/.exec(text)?.groups?.['url'],
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Raises an alarm; what its id begins with decides how it is handled: `poison`, `slow`, or else. */
export async function raise(bus: Bus, id: string): Promise<void> {
  const data = alarmNotLive.example;
  await publishEvent(bus, alarmNotLive, { door: data.door }, { id, correlationId: id, data });
}

export interface Letter {
  readonly sequence: number;
  readonly header: (name: string) => string;
}

/** The dead letters of a consumer, oldest first. */
export async function lettersOf(bus: Bus, stream: string, durable: string): Promise<Letter[]> {
  const letters: Letter[] = [];
  const { state } = await bus.jsm.streams.info('DEAD').catch(() => ({ state: null }));
  for (let seq = Math.max(1, state?.first_seq ?? 1); seq <= (state?.last_seq ?? 0); seq += 1) {
    const message = await bus.jsm.streams.getMessage('DEAD', { seq });
    if (message?.subject !== `lk.v1.dead.${stream}.${durable}`) continue;
    letters.push({ sequence: seq, header: (name) => message.header.get(name) });
  }
  return letters;
}
