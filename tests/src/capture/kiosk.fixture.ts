import type { KioskUpdate } from '@latchkey/contracts';
import { WebSocket } from 'ws';
import { Heard } from './heard.fixture.js';

export const KIOSK_TOKEN = 'kiosk-token-of-the-test-0123456789';

/** A frame that no worker took within 2 s is gone; and after 1.3 s at most capture sends another. */
const AGAIN_MS = 1_500;

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

  /** Shows a picture, again where it was lost, until what is waited for has come. */
  async showUntil<Seen>(jpeg: Uint8Array, seen: Promise<Seen>): Promise<Seen> {
    this.show(jpeg);
    const again = setInterval(() => this.show(jpeg), AGAIN_MS);
    return seen.finally(() => clearInterval(again));
  }

  error(code: string, from = 0): Promise<KioskUpdate> {
    return this.heard.first((update) => update.type === 'error' && update.code === code, from);
  }

  close(): void {
    this.#socket.terminate();
  }
}
