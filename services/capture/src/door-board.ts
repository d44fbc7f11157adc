import {
  buckets,
  type DoorDisplay,
  type DoorPolicy,
  doorDisplay,
  doorPolicy,
} from '@latchkey/contracts';
import { type Bus, openBucket, openSignedBucket } from '@latchkey/runtime';

/** What is to be done when a door's policy or display has changed. */
export interface BoardListener {
  policyChanged(door: string): void;
  displayChanged(display: DoorDisplay): void;
}

/** Each door's policy and display as last heard; what is known stays while the broker is away. */
export interface DoorBoard {
  /** False until all policies have been told once: nobody can be let in before. */
  isLoaded(): boolean;
  policyOf(door: string): DoorPolicy | undefined;
  displayOf(door: string): DoorDisplay | undefined;
  listen(listener: BoardListener): void;
  stop(): void;
}

/** Watches the buckets `policy` and `display`. */
export async function watchDoors(bus: Bus, keysDir: string): Promise<DoorBoard> {
  const policies = new Map<string, DoorPolicy>();
  const displays = new Map<string, DoorDisplay>();
  const listeners: BoardListener[] = [];
  let loaded = false;
  const policyBucket = await openSignedBucket(bus, buckets.policy, doorPolicy, {
    keysDir,
    signer: 'registry',
  });
  const displayBucket = await openBucket(bus, buckets.display, doorDisplay);
  const watches = [
    policyBucket.watch({
      changed: ({ key, value }) => {
        if (value) policies.set(key, value);
        else policies.delete(key);
        for (const listener of listeners) listener.policyChanged(key);
      },
      caughtUp: () => {
        loaded = true;
      },
    }),
    displayBucket.watch({
      changed: ({ key, value }) => {
        if (!value) displays.delete(key);
        else {
          displays.set(key, value);
          for (const listener of listeners) listener.displayChanged(value);
        }
      },
    }),
  ];
  return {
    isLoaded: () => loaded,
    policyOf: (door) => policies.get(door),
    displayOf: (door) => displays.get(door),
    listen: (listener) => listeners.push(listener),
    stop: () => {
      for (const watch of watches) watch.stop();
    },
  };
}
