import {
  cancelRequested,
  type ErrorCode,
  errorCodes,
  type FacesObserved,
  type KioskMessage,
  type KioskUpdate,
  newCodeRequested,
} from '@latchkey/contracts';
import { type Bus, type Logger, publishEvent, toFailure } from '@latchkey/runtime';
import type { RawData, WebSocket } from 'ws';
import type { DoorBoard } from './door-board.js';
import type { DoorLanes } from './door-lanes.js';
import { checkFrame } from './frame-check.pure.js';
import type { FrameLane, LanePlace } from './frame-lane.js';
import { FrameNumbers } from './frame-numbers.js';
import { digestOfToken, isDoorToken } from './kiosk-token.js';
import { parseKioskMessage } from './kiosk-message.pure.js';
import { overlayOf } from './overlay.pure.js';
import { fullBucket, takeToken } from './token-bucket.pure.js';

/** What a kiosk's connection works with. */
export interface KioskSurroundings {
  readonly bus: Bus;
  readonly board: DoorBoard;
  readonly lanes: DoorLanes;
  readonly log: Logger;
  /** A camera of this service has that place: a kiosk would take its frames' way. */
  isCamera(place: LanePlace): boolean;
  /** The door has as many other kiosks as it may. */
  isCrowded(place: LanePlace): boolean;
  /** The kiosk is told of every change of a door's policy, until it is let in or leaves. */
  waits(connection: KioskConnection): void;
  /** The kiosk has been let in at its place. */
  welcomed(connection: KioskConnection, place: LanePlace): void;
}

/** Why a connection is closed (RFC 6455, 7.4.2: 4000-4999 are for applications). */
export const kioskClose = {
  goingAway: 1001,
  protocol: 4400,
  refused: 4401,
  helloTimeout: 4408,
  replaced: 4409,
  crowded: 4429,
  busAway: 4503,
} as const;

const HELLO_MS = 5_000;
/**
 * So long a token that is not its door's waits to become so: the registry answers that a door was made or a kiosk paired before
 * that is known here. Well within the 10 s for which a kiosk waits for its welcome: an answer that comes later is no answer.
 */
const PATIENCE_MS = 5_000;
const FRAMES = { burst: 60, perSecond: 60 };
const WISHES = { burst: 5, perSecond: 1 };
const COMPLAINTS = { burst: 5, perSecond: 1 };
/** A kiosk that does not read gets no more overlays. */
const MAX_BUFFERED_BYTES = 256 * 1024;

/** A kiosk that said who it is. */
type Greeted = { readonly place: LanePlace; readonly digest: string };
type Welcomed = Greeted & { readonly lane: FrameLane };

/** One kiosk: its hello, its frames and wishes in, display and overlay out. */
export class KioskConnection {
  readonly #socket: WebSocket;
  readonly #address: string;
  readonly #around: KioskSurroundings;
  readonly #helloTimer: NodeJS.Timeout;
  #patience: NodeJS.Timeout | undefined;
  #waiting: Greeted | undefined;
  #welcomed: Welcomed | undefined;
  #refused = false;
  readonly #numbers = new FrameNumbers();
  #frames = fullBucket(FRAMES, performance.now());
  #wishes = fullBucket(WISHES, performance.now());
  #complaints = fullBucket(COMPLAINTS, performance.now());

  constructor(socket: WebSocket, address: string, around: KioskSurroundings) {
    this.#socket = socket;
    this.#address = address;
    this.#around = around;
    this.#helloTimer = setTimeout(() => this.#end('LK-KSK-002', kioskClose.helloTimeout), HELLO_MS);
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    socket.on('close', () => this.#closed());
    socket.on('error', (err) => around.log.debug({ err, address }, 'a kiosk connection failed'));
  }

  get door(): string | undefined {
    return this.#welcomed?.place.door;
  }

  /** Sends an update; to a kiosk that has not been let in, nothing. */
  send(update: KioskUpdate): void {
    if (this.#welcomed) this.#write(update);
  }

  overlay(seen: FacesObserved): void {
    if (this.#welcomed?.place.camera !== seen.camera) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) return;
    const display = this.#around.board.displayOf(seen.door);
    this.#write(overlayOf(seen, display, this.#numbers.numberOf(seen.frame)));
  }

  /** A policy has changed: a token that has become its door's lets its kiosk in, one that is no longer so is revoked at once. */
  recheck(): void {
    const waiting = this.#waiting;
    if (waiting && this.#isValid(waiting.digest, waiting.place.door)) return this.#admit(waiting);
    if (!this.#welcomed) return;
    const { place, digest } = this.#welcomed;
    if (this.#isValid(digest, place.door)) return;
    this.#around.log.info({ ...place }, 'a kiosk token was revoked');
    this.#end('LK-KSK-001', kioskClose.refused);
  }

  /** Another kiosk has taken this one's place. */
  replace(): void {
    this.#socket.close(kioskClose.replaced, 'another kiosk has taken this place');
    this.#closed();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #take(data: RawData, isBinary: boolean): void {
    if (this.#refused || this.#waiting) return;
    // ws hands over one Buffer unless told otherwise.
    const bytes = data as Buffer;
    if (!this.#welcomed) this.#greet(isBinary ? undefined : parseKioskMessage(bytes));
    else if (isBinary) this.#takeFrame(bytes, this.#welcomed.lane);
    else this.#takeWish(parseKioskMessage(bytes), this.#welcomed.place);
  }

  #greet(message: KioskMessage | undefined): void {
    if (message?.type !== 'hello') return this.#end('LK-KSK-002', kioskClose.protocol);
    if (!this.#around.board.isLoaded()) return this.#end('LK-BUS-001', kioskClose.busAway);
    clearTimeout(this.#helloTimer);
    const { door, camera, token } = message;
    const greeted = { place: { door, camera }, digest: digestOfToken(token) };
    if (this.#isValid(greeted.digest, door)) this.#admit(greeted);
    else this.#wait(greeted);
  }

  #isValid(digest: string, door: string): boolean {
    return isDoorToken(digest, this.#around.board.policyOf(door)?.kioskTokenDigest);
  }

  #wait(greeted: Greeted): void {
    this.#waiting = greeted;
    this.#patience = setTimeout(() => {
      const address = this.#address;
      this.#around.log.warn({ ...greeted.place, address }, 'a kiosk showed no valid token');
      this.#end('LK-KSK-001', kioskClose.refused);
    }, PATIENCE_MS);
    this.#around.waits(this);
  }

  #admit(greeted: Greeted): void {
    const { place } = greeted;
    this.#stopWaiting();
    if (this.#around.isCamera(place)) return this.#end('LK-KSK-002', kioskClose.protocol);
    if (this.#around.isCrowded(place)) return this.#end('LK-KSK-004', kioskClose.crowded);
    this.#welcome(greeted);
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#waiting = undefined;
  }

  #welcome({ place, digest }: Greeted): void {
    const { bus, board, lanes } = this.#around;
    this.#welcomed = { place, digest, lane: lanes.open(place) };
    this.#around.welcomed(this, place);
    this.#write({ type: 'welcome', ...place, at: bus.nowMs() });
    const display = board.displayOf(place.door);
    if (display) this.#write({ type: 'display', display });
    if (!bus.isConnected()) this.#complain('LK-BUS-001');
  }

  #takeFrame(jpeg: Buffer, lane: FrameLane): void {
    this.#numbers.count();
    const { bucket, granted } = takeToken(this.#frames, FRAMES, performance.now());
    this.#frames = bucket;
    if (!granted) return this.#complain('LK-KSK-003');
    const check = checkFrame(jpeg);
    if (check.ok) this.#numbers.name(lane.offer(jpeg, check));
    else this.#complain(check.code, check.message);
  }

  #takeWish(message: KioskMessage | undefined, { door }: LanePlace): void {
    if (!message || message.type === 'hello') return this.#complain('LK-KSK-002');
    const { bucket, granted } = takeToken(this.#wishes, WISHES, performance.now());
    this.#wishes = bucket;
    if (!granted) return this.#complain('LK-KSK-003');
    const { bus, board } = this.#around;
    // A wish that the client would keep and deliver later would meet another attempt.
    if (!bus.isConnected()) return this.#complain('LK-BUS-001');
    const event = message.type === 'cancel' ? cancelRequested : newCodeRequested;
    const id = crypto.randomUUID();
    const correlationId = board.displayOf(door)?.attempt ?? id;
    publishEvent(bus, event, { door }, { id, correlationId, data: { door } }).catch((error) => {
      this.#complain(toFailure(error).code);
    });
  }

  #complain(code: ErrorCode, message = messageOf(code)): void {
    const { bucket, granted } = takeToken(this.#complaints, COMPLAINTS, performance.now());
    this.#complaints = bucket;
    if (granted) this.#write({ type: 'error', code, message });
  }

  #end(code: ErrorCode, closeCode: number): void {
    this.#refused = true;
    this.#write({ type: 'error', code, message: messageOf(code) });
    this.#socket.close(closeCode, code);
    this.#closed();
  }

  #write(update: KioskUpdate): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(update));
  }

  #closed(): void {
    clearTimeout(this.#helloTimer);
    this.#stopWaiting();
    if (this.#welcomed) this.#around.lanes.close(this.#welcomed.place, this.#welcomed.lane);
    this.#welcomed = undefined;
    this.#refused = true;
  }
}

function messageOf(code: ErrorCode): string {
  return `${errorCodes[code].title} ${errorCodes[code].action}`;
}
