import type { Codec, SignedEntries } from '@latchkey/runtime';
import { type DoorEntry, doorEntry } from './saga/door-entry.pure.js';

/** In the place of an entry that no replica of auth has written. */
export const FOREIGN = 'foreign';
export type KeptEntry = DoorEntry | typeof FOREIGN;

/** A door's entry as it is kept, signed by auth: what stands there makes auth sign grants. */
export function signedDoors(entries: SignedEntries): Codec<KeptEntry> {
  return {
    write: (door, entry) => entries.write(door, JSON.stringify(entry)),
    read: (door, bytes) => {
      const json = entries.read(door, bytes);
      return json === undefined ? FOREIGN : doorEntry.parse(JSON.parse(json));
    },
  };
}
