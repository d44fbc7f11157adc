import type { FacesObserved, KioskUpdate } from '@latchkey/contracts';
import { laneKey } from './capture.config.js';
import type { DoorBoard } from './door-board.js';
import type { LanePlace } from './frame-lane.js';
import { type KioskConnection, kioskClose } from './kiosk-connection.js';

/** Each has a frame in flight, so many places at one door would take the workers from all others. */
const MAX_KIOSKS_PER_DOOR = 4;

/** The kiosks that were let in, by place: who is told of a door's display, faces and policy. And those that wait to be. */
export class KioskHub {
  readonly #kiosks = new Map<string, KioskConnection>();
  readonly #waiting = new Set<KioskConnection>();

  /** Tells the kiosks what changes on the board. */
  follow(board: DoorBoard): void {
    board.listen({
      policyChanged: (door) => {
        for (const kiosk of [...this.#at(door), ...this.#waiting]) kiosk.recheck();
      },
      displayChanged: (display) => {
        for (const kiosk of this.#at(display.door)) kiosk.send({ type: 'display', display });
      },
    });
  }

  /** Its token may become its door's. */
  waits(kiosk: KioskConnection): void {
    this.#waiting.add(kiosk);
  }

  /** One kiosk a place: the newer one is the one that came back after its connection was lost. */
  welcomed(kiosk: KioskConnection, place: LanePlace): void {
    this.#waiting.delete(kiosk);
    const before = this.#kiosks.get(laneKey(place));
    this.#kiosks.set(laneKey(place), kiosk);
    before?.replace();
  }

  /** Whether the door has its most kiosks already, but for one that would give way. */
  isCrowded(place: LanePlace): boolean {
    const isTaken = this.#kiosks.has(laneKey(place));
    return !isTaken && this.#at(place.door).length >= MAX_KIOSKS_PER_DOOR;
  }

  left(kiosk: KioskConnection): void {
    this.#waiting.delete(kiosk);
    for (const [key, other] of this.#kiosks) if (other === kiosk) this.#kiosks.delete(key);
  }

  /** How many kiosks are connected, by door. */
  countByDoor(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { door } of this.#kiosks.values()) {
      if (door !== undefined) counts.set(door, (counts.get(door) ?? 0) + 1);
    }
    return counts;
  }

  showFaces(seen: FacesObserved): void {
    for (const kiosk of this.#at(seen.door)) kiosk.overlay(seen);
  }

  sendAll(update: KioskUpdate): void {
    for (const kiosk of this.#kiosks.values()) kiosk.send(update);
  }

  /** Sends each kiosk its door's display again. */
  sendDisplays(board: DoorBoard): void {
    for (const kiosk of this.#kiosks.values()) {
      const display = kiosk.door === undefined ? undefined : board.displayOf(kiosk.door);
      if (display) kiosk.send({ type: 'display', display });
    }
  }

  closeAll(): void {
    for (const kiosk of this.#kiosks.values()) kiosk.close(kioskClose.goingAway, 'going away');
  }

  #at(door: string): KioskConnection[] {
    return [...this.#kiosks.values()].filter((kiosk) => kiosk.door === door);
  }
}
