import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';

const CLI = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

/** A door's relay as its own process, `latchkey relay`, which "opens" by telling so. */
export class Relay implements Disposable {
  #said = '';

  private constructor(private readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    }
  }

  /** Resolves once it listens. */
  static async start(natsUrl: string, keysDir: string, door: string): Promise<Relay> {
    const where = ['--nats', natsUrl, '--dir', keysDir];
    const open = [process.execPath, '-e', 'console.log("CLICK")'];
    const relay = new Relay(spawn(process.execPath, [CLI, 'relay', ...where, door, '--', ...open]));
    await relay.says(/listens for/);
    return relay;
  }

  /** How often the lock opened. */
  get clicks(): number {
    return this.#said.split('CLICK').length - 1;
  }

  /** How often it was told to open and did not. */
  get refusals(): number {
    return this.#said.split('stays shut').length - 1;
  }

  /** Waits until it says that, or has said it. */
  async says(what: RegExp): Promise<void> {
    const said = () => expect(this.#said).toMatch(what);
    await vi.waitFor(said, { timeout: 30_000, interval: 20 });
  }

  /** What was refused so far counts for nothing that is waited for. */
  forgetRefusals(): void {
    this.#said = this.#said.replaceAll('stays shut', '');
  }

  [Symbol.dispose](): void {
    this.process.kill();
  }
}
