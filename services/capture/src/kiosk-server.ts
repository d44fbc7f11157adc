import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { FRAME_MAX_BYTES } from '@latchkey/contracts';
import type { Logger } from '@latchkey/runtime';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CaptureConfig } from './capture.config.js';

const KIOSK_PATH = '/kiosk';
/** A frame that is somewhat too large gets its error; beyond this the connection ends (1009). */
const MAX_MESSAGE_BYTES = 2 * FRAME_MAX_BYTES;
/** Who has not been let in yet may hold this many connections, from one address and in all. */
const MAX_STRANGERS_PER_ADDRESS = 32;
const MAX_STRANGERS = 128;
const PING_MS = 15_000;

/** A connection as it came in; `welcome` says that its kiosk has been let in. */
export interface Arrival {
  readonly socket: WebSocket;
  readonly address: string;
  welcome(): void;
}

/** What the server needs; `arrived` is told of each new connection. */
export interface KioskServerFacts {
  readonly config: CaptureConfig;
  readonly log: Logger;
  arrived(arrival: Arrival): void;
}

/** The WebSocket server of the kiosks. */
export interface KioskServer {
  /** `ws://…` or `wss://…`, with its path. */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens for kiosks, with TLS where it is set, and bounds how many there are. */
export async function listenForKiosks(facts: KioskServerFacts): Promise<KioskServer> {
  const { config } = facts;
  const tls = tlsOf(config);
  const server = tls ? createTlsServer(tls) : createServer();
  server.on('request', (_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end(`kiosks connect by WebSocket to ${KIOSK_PATH}\n`);
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const doorway = new Doorway(facts, sockets);
  server.on('upgrade', (request, socket, head) => doorway.upgrade(request, socket, head));
  const pinging = setInterval(() => doorway.pingAll(), PING_MS);
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'wss' : 'ws'}://${config.LK_KIOSK_HOST}:${port}${KIOSK_PATH}`,
    close: async () => {
      clearInterval(pinging);
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Lets connections in, within their limits, and drops those that answer no ping. */
class Doorway {
  readonly #facts: KioskServerFacts;
  readonly #sockets: WebSocketServer;
  /** Connections that have not been let in, by address. */
  readonly #strangers = new Map<WebSocket, string>();
  readonly #silent = new WeakSet<WebSocket>();

  constructor(facts: KioskServerFacts, sockets: WebSocketServer) {
    this.#facts = facts;
    this.#sockets = sockets;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? 'unknown';
    const path = request.url?.split('?')[0];
    if (path !== KIOSK_PATH) return refuse(socket, '404 Not Found');
    if (this.#isFull(address)) return refuse(socket, '503 Service Unavailable');
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

  #isFull(address: string): boolean {
    const here = [...this.#strangers.values()].filter((other) => other === address).length;
    return (
      here >= MAX_STRANGERS_PER_ADDRESS ||
      this.#strangers.size >= MAX_STRANGERS ||
      this.#sockets.clients.size - this.#strangers.size >= this.#facts.config.LK_KIOSK_MAX
    );
  }

  #admit(socket: WebSocket, address: string): void {
    this.#strangers.set(socket, address);
    socket.on('pong', () => this.#silent.delete(socket));
    socket.on('close', () => this.#strangers.delete(socket));
    this.#facts.arrived({ socket, address, welcome: () => this.#strangers.delete(socket) });
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}

function tlsOf({ LK_TLS_CERT_FILE, LK_TLS_KEY_FILE }: CaptureConfig) {
  if (!LK_TLS_CERT_FILE || !LK_TLS_KEY_FILE) return undefined;
  return {
    cert: readFileSync(LK_TLS_CERT_FILE),
    key: readFileSync(LK_TLS_KEY_FILE),
    minVersion: 'TLSv1.2',
  } as const;
}

async function listen(server: Server, config: CaptureConfig): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.LK_KIOSK_PORT, config.LK_KIOSK_HOST, resolve);
  });
}
