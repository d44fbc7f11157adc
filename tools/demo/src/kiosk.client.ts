import { type DoorDisplay, type KioskUpdate, kioskUpdate } from '@latchkey/contracts';
import { seenAgain } from '@latchkey/vision/samples';
import { WebSocket } from 'ws';

/** How often the person before the camera is seen. */
const FRAME_INTERVAL_MS = 150;
/** A frame that nobody looked at within 2 s is gone; and after 1.3 s at most the door takes another. */
const AGAIN_MS = 1_500;
/** More than any door takes by its own deadlines, on a slow machine too. */
const WAIT_MS = 60_000;

/** What the camera sees, frame after frame in turn; it may follow what the door shows. */
export type Scene = readonly Buffer[] | ((shown: DoorDisplay | undefined) => readonly Buffer[]);

/** A door's kiosk, as a program: sends frames, and sees what the door shows. */
export class KioskClient {
  /** Everything that the door showed, oldest first. */
  readonly shown: DoorDisplay[] = [];
  /** How many pictures its sensor took: each has its own noise, as a real one's has. */
  private seen = 0;
  private readonly listeners = new Set<(update: KioskUpdate) => void>();

  private constructor(
    private readonly socket: WebSocket,
    readonly door: string,
  ) {
    socket.on('message', (data, binary) => {
      if (binary) return;
      const update = kioskUpdate.parse(JSON.parse((data as Buffer).toString()));
      if (update.type === 'display') this.shown.push(update.display);
      for (const listener of this.listeners) listener(update);
    });
  }

  /**
   * Connects and waits for the welcome.
   * @throws Error with the door's error code where it is refused.
   */
  static async connect(
    url: string,
    door: string,
    token: string,
    camera = 'kiosk',
  ): Promise<KioskClient> {
    const socket = new WebSocket(`${url}/kiosk`);
    await new Promise<void>((resolve, reject) =>
      socket.once('open', resolve).once('error', reject),
    );
    const kiosk = new KioskClient(socket, door);
    const welcome = kiosk.next(({ type }) => type === 'welcome' || type === 'error');
    socket.send(JSON.stringify({ type: 'hello', door, token, camera }));
    const answer = await welcome;
    if (answer.type === 'error') throw new Error(`${answer.code}: ${answer.message}`);
    return kiosk;
  }

  /** The next update that fits. */
  next(fits: (update: KioskUpdate) => boolean, timeoutMs = WAIT_MS): Promise<KioskUpdate> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.listeners.delete(listener);
        reject(
          new Error(
            `${this.door}: nothing fitting was shown within ${timeoutMs} ms; last: ${this.last()}`,
          ),
        );
      }, timeoutMs);
      const listener = (update: KioskUpdate): void => {
        if (!fits(update)) return;
        clearTimeout(timer);
        this.listeners.delete(listener);
        resolve(update);
      };
      this.listeners.add(listener);
    });
  }

  /** What the door showed last in a phase; it may have gone on since. */
  shownIn(phase: DoorDisplay['phase']): DoorDisplay | undefined {
    return this.shown.findLast((display) => display.phase === phase);
  }

  /** Stands before the camera until the door shows what `fits`. */
  async show(
    scene: Scene,
    fits: (display: DoorDisplay) => boolean,
    timeoutMs = WAIT_MS,
  ): Promise<DoorDisplay> {
    const update = await this.standWhile(scene, () =>
      this.next((u) => u.type === 'display' && fits(u.display), timeoutMs),
    );
    if (update.type !== 'display') throw new Error('unreachable: only displays fit');
    return update.display;
  }

  /** Stands before the camera while something else goes on. */
  async standWhile<Result>(
    scene: Scene,
    work: () => Promise<Result>,
    intervalMs = FRAME_INTERVAL_MS,
  ): Promise<Result> {
    let sent = 0;
    let isOver = false;
    const send = async (): Promise<void> => {
      const frames = typeof scene === 'function' ? scene(this.shown.at(-1)) : scene;
      const frame = frames[sent++ % frames.length];
      const seen = frame && (await seenAgain(frame, this.seen++));
      if (seen && !isOver && this.socket.readyState === WebSocket.OPEN) this.socket.send(seen);
    };
    const done = work();
    // Whoever waits meanwhile hears of a frame that cannot be drawn, too.
    const { promise: failed, reject } = Promise.withResolvers<never>();
    const film = (): void => void send().catch(reject);
    film();
    const timer = setInterval(film, intervalMs);
    try {
      return await Promise.race([done, failed]);
    } finally {
      isOver = true;
      clearInterval(timer);
    }
  }

  /** Sends a wish. */
  send(message: { type: 'cancel' } | { type: 'new-code' }): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Sends a frame, again where it was lost, until face has told of what is in it, or in the one before. */
  async showFrame(frame: Buffer): Promise<void> {
    await this.standWhile([frame], () => this.next(({ type }) => type === 'overlay'), AGAIN_MS);
  }

  /** Sends raw bytes as a frame, whatever they are. */
  sendFrame(bytes: Buffer): void {
    this.socket.send(bytes);
  }

  close(): void {
    this.socket.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  private last(): string {
    const display = this.shown.at(-1);
    return display ? `${display.phase}: ${display.sentence}` : 'nothing';
  }
}
