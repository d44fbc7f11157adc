import type { KioskUpdate } from '@latchkey/contracts';
import { WebSocket } from 'ws';
import { Heard } from './heard.fixture.js';

export const KIOSK_TOKEN = 'kiosk-token-of-the-test-0123456789';

/** A kiosk's side of the WebSocket. */
export class Kiosk {
  readonly heard = new Heard<KioskUpdate>();
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (data: Buffer) =>
      this.heard.add(JSON.parse(data.toString('utf8')) as KioskUpdate),
    );
    this.closed = new Promise((resolve) => this.#socket.on('close', resolve));
    this.#socket.on('error', () => undefined);
  }

  async hello(door: string, token = KIOSK_TOKEN, camera = 'kiosk'): Promise<this> {
    if (this.#socket.readyState === WebSocket.CONNECTING) {
      await new Promise((resolve) => this.#socket.once('open', resolve));
    }
    this.say({ type: 'hello', door, camera, token });
    return this;
  }

  async welcome(): Promise<this> {
    await this.heard.first(({ type }) => type === 'welcome');
    return this;
  }

  say(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  show(jpeg: Uint8Array): void {
    this.#socket.send(jpeg);
  }

  error(code: string, from = 0): Promise<KioskUpdate> {
    return this.heard.first((update) => update.type === 'error' && update.code === code, from);
  }

  close(): void {
    this.#socket.terminate();
  }
}
