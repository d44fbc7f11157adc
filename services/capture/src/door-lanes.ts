import { type FacesObserved, facesObserved } from '@latchkey/contracts';
import { type Bus, type RunningSubscription, subscribeEvents } from '@latchkey/runtime';
import { laneKey } from './capture.config.js';
import { FrameLane, type LanePlace } from './frame-lane.js';

interface Door {
  readonly lanes: Map<string, FrameLane>;
  readonly subscription: RunningSubscription;
}

/**
 * The lanes of all cameras and kiosks here. Hears the face observations of just the doors that have one: they free
 * the lane for its next frame.
 */
export class DoorLanes {
  readonly #bus: Bus;
  readonly #onFaces: (seen: FacesObserved) => void;
  readonly #doors = new Map<string, Door>();

  constructor(bus: Bus, onFaces: (seen: FacesObserved) => void) {
    this.#bus = bus;
    this.#onFaces = onFaces;
  }

  /** Opens a lane; one of the same place that is still open is closed. */
  open(place: LanePlace): FrameLane {
    const door = this.#doors.get(place.door) ?? this.#openDoor(place.door);
    door.lanes.get(laneKey(place))?.close();
    const lane = new FrameLane(this.#bus, place);
    door.lanes.set(laneKey(place), lane);
    return lane;
  }

  /** Closes a lane unless another has taken its place. */
  close(place: LanePlace, lane: FrameLane): void {
    lane.close();
    const door = this.#doors.get(place.door);
    if (door?.lanes.get(laneKey(place)) !== lane) return;
    door.lanes.delete(laneKey(place));
    if (door.lanes.size > 0) return;
    door.subscription.stop();
    this.#doors.delete(place.door);
  }

  /** How many cameras and kiosks send frames, by door. */
  countSending(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [door, { lanes }] of this.#doors) {
      counts.set(door, [...lanes.values()].filter((lane) => lane.isSending()).length);
    }
    return counts;
  }

  closeAll(): void {
    for (const { lanes, subscription } of this.#doors.values()) {
      subscription.stop();
      for (const lane of lanes.values()) lane.close();
    }
    this.#doors.clear();
  }

  #openDoor(door: string): Door {
    const opened: Door = {
      lanes: new Map(),
      subscription: subscribeEvents(this.#bus, facesObserved, { door }, ({ data }) => {
        opened.lanes.get(laneKey(data))?.observed(data.frame);
        this.#onFaces(data);
      }),
    };
    this.#doors.set(door, opened);
    return opened;
  }
}
