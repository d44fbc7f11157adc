import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FrontDesk } from './front-desk.fixture.js';

/** A live stream whose client reads nothing until it is told to. */
export class UnreadLine {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Asks for a live stream by HTTP/1.0, so that the answer comes as it is, without chunks. */
  static async open(desk: FrontDesk): Promise<UnreadLine> {
    const { hostname, port } = new URL(desk.gateway.httpUrl ?? '');
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    socket.write(`GET /api/v1/events/live HTTP/1.0\r\nAuthorization: Bearer ${desk.token}\r\n\r\n`);
    return new UnreadLine(socket);
  }

  /** All that came, once the other side has ended the line. */
  async readAll(): Promise<string> {
    const parts: Buffer[] = [];
    this.#socket.on('data', (part: Buffer) => parts.push(part));
    await once(this.#socket, 'end');
    this.#socket.destroy();
    return Buffer.concat(parts).toString('utf8');
  }
}
