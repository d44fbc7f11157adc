import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FrontDesk } from './front-desk.fixture.js';

/** A live stream whose client reads its first words, and then nothing more until it is told to. */
export class UnreadLine {
  readonly #socket: Socket;
  readonly #parts: Buffer[];

  private constructor(socket: Socket, begun: Buffer) {
    this.#socket = socket;
    this.#parts = [begun];
  }

  /** Asks for a live stream by HTTP/1.0, so that the answer comes as it is, without chunks. */
  static async open(desk: FrontDesk): Promise<UnreadLine> {
    const { hostname, port } = new URL(desk.gateway.httpUrl ?? '');
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    socket.write(`GET /api/v1/events/live HTTP/1.0\r\nAuthorization: Bearer ${desk.token}\r\n\r\n`);
    const [begun] = (await once(socket, 'data')) as [Buffer];
    socket.pause();
    return new UnreadLine(socket, begun);
  }

  /** All that came, once the other side has ended the line. */
  async readAll(): Promise<string> {
    this.#socket.on('data', (part: Buffer) => this.#parts.push(part));
    this.#socket.resume();
    await once(this.#socket, 'end');
    this.#socket.destroy();
    return Buffer.concat(this.#parts).toString('utf8');
  }
}
