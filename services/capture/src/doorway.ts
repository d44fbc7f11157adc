import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { FRAME_MAX_BYTES } from '@latchkey/contracts';
import { networkOf } from '@latchkey/runtime';
import { type WebSocket, WebSocketServer } from 'ws';

/** Where kiosks connect, and where their page is. */
export const KIOSK_PATH = '/kiosk';
/** A frame that is somewhat too large gets its error; beyond this the connection ends (1009). */
const MAX_MESSAGE_BYTES = 2 * FRAME_MAX_BYTES;
/**
 * Who has not been let in yet may hold this many connections, from one address and in all. Beyond it the oldest is ended: a
 * kiosk says who it is at once, so those that wait for long are nobody's, and were the newest refused they could keep it out.
 */
const MAX_STRANGERS_PER_ADDRESS = 32;
const MAX_STRANGERS = 128;

/** A connection as it came in; `welcome` says that its kiosk has been let in. */
export interface Arrival {
  readonly socket: WebSocket;
  readonly address: string;
  welcome(): void;
}

/** Lets WebSocket connections in, within their limits, and drops those that answer no ping. */
export class Doorway {
  readonly #maxKiosks: number;
  readonly #arrived: (arrival: Arrival) => void;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  /** Connections that have not been let in, by address. */
  readonly #strangers = new Map<WebSocket, string>();
  readonly #silent = new WeakSet<WebSocket>();

  constructor(maxKiosks: number, arrived: (arrival: Arrival) => void) {
    this.#maxKiosks = maxKiosks;
    this.#arrived = arrived;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = networkOf(request.socket.remoteAddress ?? 'unknown');
    const path = request.url?.split('?')[0];
    if (path !== KIOSK_PATH) return refuse(socket, '404 Not Found');
    if (this.#isFull()) return refuse(socket, '503 Service Unavailable');
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#admit(opened, address));
  }

  pingAll(): void {
    for (const socket of this.#sockets.clients) {
      if (this.#silent.has(socket)) socket.terminate();
      else {
        this.#silent.add(socket);
        socket.ping();
      }
    }
  }

  closeAll(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  #isFull(): boolean {
    return this.#sockets.clients.size - this.#strangers.size >= this.#maxKiosks;
  }

  #makeRoom(address: string): void {
    const all = [...this.#strangers];
    const here = all.filter(([, other]) => other === address);
    const isFullHere = here.length >= MAX_STRANGERS_PER_ADDRESS;
    if (!isFullHere && all.length < MAX_STRANGERS) return;
    const [[oldest] = []] = isFullHere ? here : all;
    if (!oldest) return;
    this.#strangers.delete(oldest);
    oldest.terminate();
  }

  #admit(socket: WebSocket, address: string): void {
    this.#makeRoom(address);
    this.#strangers.set(socket, address);
    socket.on('pong', () => this.#silent.delete(socket));
    socket.on('close', () => this.#strangers.delete(socket));
    this.#arrived({ socket, address, welcome: () => this.#strangers.delete(socket) });
  }
}

function refuse(socket: Duplex, status: string): void {
  // Nobody else listens on it any more, and who has hung up meanwhile would else end this process.
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}
