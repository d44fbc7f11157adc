import type { KioskUpdate } from '@latchkey/contracts';
import type { Pairing } from './pair.js';
import { WindowTurn } from './window-turn.js';
import { afterClose, type LinkEnd, retryAfterMs } from './link-end.pure.js';

/** What the link tells. */
export interface LinkListener {
  /** The door lets this kiosk in. `at`: the server's clock, ms since 1970. */
  welcomed(at: number): void;
  heard(update: Exclude<KioskUpdate, { type: 'welcome' }>): void;
  /** The connection has ended; it is tried again by itself, but where `end` is `replaced` only once that window is gone. */
  ended(end: LinkEnd): void;
}

/** More than this waiting to be sent: the network is slower than the camera, so this frame is let go. */
const MAX_WAITING_BYTES = 64 * 1024;
/** A connection that says nothing for so long while frames are sent is dead, whatever TCP thinks of it. */
const SILENT_MS = 20_000;
/** The same where the browser says that there is no network: it does so at once, and TCP only after minutes. */
const SILENT_OFFLINE_MS = 4_000;
const CONNECT_MS = 10_000;

/** The kiosk's connection with its door, kept up by itself. */
export class DoorLink {
  readonly #pairing: Pairing;
  readonly #listener: LinkListener;
  readonly #turn: WindowTurn;
  #socket: WebSocket | undefined;
  #isWelcome = false;
  #isNew: boolean;
  #framesSent = 0;
  #failures = 0;
  #end: LinkEnd | null = null;
  #heardAtMs = 0;
  #timer = 0;

  constructor(pairing: Pairing, listener: LinkListener) {
    this.#pairing = pairing;
    this.#isNew = pairing.isNew ?? false;
    this.#listener = listener;
    this.#turn = new WindowTurn(pairing.door, () => this.reconnect());
    window.addEventListener('online', this.#hurry);
    this.#connect();
  }

  /** Connects again at once, also where another window had taken the place. */
  reconnect(): void {
    this.#drop();
    this.#connect();
  }

  close(): void {
    window.removeEventListener('online', this.#hurry);
    this.#turn.close();
    this.#drop();
  }

  /** @returns the frame's number by which its overlay will name it; null where it was not sent */
  sendFrame(jpeg: ArrayBuffer): number | null {
    const socket = this.#socket;
    if (!socket || !this.#isWelcome || socket.readyState !== WebSocket.OPEN) return null;
    const patienceMs = navigator.onLine ? SILENT_MS : SILENT_OFFLINE_MS;
    if (performance.now() - this.#heardAtMs > patienceMs) {
      socket.close();
      this.#over(socket, 1006);
      return null;
    }
    if (socket.bufferedAmount > MAX_WAITING_BYTES) return null;
    socket.send(jpeg);
    this.#framesSent += 1;
    return this.#framesSent;
  }

  wish(type: 'cancel' | 'new-code'): void {
    if (this.#isWelcome) this.#socket?.send(JSON.stringify({ type }));
  }

  readonly #hurry = () => {
    if (!this.#isWelcome && this.#end !== 'replaced') this.reconnect();
  };

  #connect(): void {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/kiosk`);
    this.#socket = socket;
    this.#framesSent = 0;
    this.#timer = window.setTimeout(() => this.#over(socket, 1006), CONNECT_MS);
    socket.addEventListener('open', () => {
      const { door, token } = this.#pairing;
      socket.send(JSON.stringify({ type: 'hello', door, token }));
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#take(JSON.parse(String(data)) as KioskUpdate);
    });
    socket.addEventListener('close', ({ code }) => this.#over(socket, code));
  }

  #take(update: KioskUpdate): void {
    this.#heardAtMs = performance.now();
    if (update.type !== 'welcome') return this.#listener.heard(update);
    clearTimeout(this.#timer);
    this.#isWelcome = true;
    this.#isNew = false;
    this.#failures = 0;
    this.#end = null;
    this.#turn.take();
    this.#listener.welcomed(update.at);
  }

  #over(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#drop();
    this.#failures += 1;
    const standing = {
      isOnline: navigator.onLine,
      isNew: this.#isNew,
      failures: this.#failures,
    };
    const end = afterClose(code, standing, this.#end);
    this.#end = end;
    const waitMs = retryAfterMs(end, this.#failures, Math.random());
    if (waitMs !== null) this.#timer = window.setTimeout(() => this.#connect(), waitMs);
    else this.#turn.wait();
    this.#listener.ended(end);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isWelcome = false;
    socket?.close();
  }
}
