import { type DoorDisplay, kioskUpdate } from '@latchkey/contracts';
import { seenAgain } from '@latchkey/vision/samples';
import { WebSocket } from 'ws';

const FRAME_INTERVAL_MS = 150;
const RECONNECT_MS = 100;
const WAIT_MS = 60_000;

/** What a person has with them: how the camera sees them, without and with the code held up. */
export interface Visit {
  readonly face: readonly Buffer[];
  readonly withCode: readonly Buffer[];
}

export function isSettled({ phase }: DoorDisplay): boolean {
  return ['granted', 'denied', 'expired', 'abandoned'].includes(phase);
}

/**
 * A kiosk that connects anew whenever it is cut off, and the person before it: looks at the door, holds the code up when
 * the door asks for it, and goes away once the door has said how it ended.
 */
export class PersonAtDoor {
  /** What the door shows; undefined while the kiosk is cut off. */
  display: DoorDisplay | undefined;
  #visit: Visit | undefined;
  #mayShowCode = false;
  #socket: WebSocket | undefined;
  #sent = 0;
  #closed = false;
  readonly #watching = new Set<() => void>();
  readonly #camera: NodeJS.Timeout;

  constructor(
    readonly url: string,
    readonly door: string,
    readonly token: string,
  ) {
    this.#camera = setInterval(() => this.#film(), FRAME_INTERVAL_MS);
    this.#connect();
  }

  /** Someone steps before the door. */
  come(visit: Visit, how: { code: 'when asked' | 'not yet' }): void {
    this.#visit = visit;
    this.#mayShowCode = how.code === 'when asked';
  }

  takeOutCode(): void {
    this.#mayShowCode = true;
  }

  leave(): void {
    this.#visit = undefined;
  }

  /** Waits until the door shows what `fits`. @throws Error where it does not within a minute */
  async sees(what: string, fits: (display: DoorDisplay) => boolean): Promise<DoorDisplay> {
    const { promise, resolve, reject } = Promise.withResolvers<DoorDisplay>();
    const look = () => {
      if (this.display && fits(this.display)) resolve(this.display);
    };
    const tooLate = () =>
      reject(new Error(`the door did not show ${what}; it shows ${this.display?.phase}`));
    const late = setTimeout(tooLate, WAIT_MS);
    this.#watching.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(late);
      this.#watching.delete(look);
    });
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#camera);
    this.#socket?.close();
  }

  #connect(): void {
    if (this.#closed) return;
    const socket = new WebSocket(`${this.url}/kiosk`);
    this.#socket = socket;
    socket.on('error', () => undefined); // 'close' follows
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'hello', door: this.door, token: this.token })),
    );
    socket.on('message', (data, isBinary) => {
      if (!isBinary) this.#take((data as Buffer).toString());
    });
    socket.on('close', () => {
      this.display = undefined;
      setTimeout(() => this.#connect(), RECONNECT_MS);
    });
  }

  #take(text: string): void {
    const update = kioskUpdate.parse(JSON.parse(text));
    if (update.type !== 'display') return;
    this.display = update.display;
    if (isSettled(update.display)) this.leave();
    for (const look of this.#watching) look();
  }

  #film(): void {
    if (!this.#visit || this.#socket?.readyState !== WebSocket.OPEN) return;
    const isAsked = ['awaiting-code', 'checking-code'].includes(this.display?.phase ?? '');
    const frames = isAsked && this.#mayShowCode ? this.#visit.withCode : this.#visit.face;
    const frame = frames[this.#sent++ % frames.length];
    if (frame) void this.#send(frame, this.#socket);
  }

  /** A sensor's noise makes each picture another one. */
  async #send(frame: Buffer, socket: WebSocket): Promise<void> {
    const seen = await seenAgain(frame, this.#sent);
    if (socket.readyState === WebSocket.OPEN) socket.send(seen);
  }
}
