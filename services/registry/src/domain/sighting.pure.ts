import type { SeenBefore } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';

/**
 * The cosine from which on two strangers are taken for one. FMR 8e-6 a comparison (MEASURED_FMR of vision, made with means of
 * five samples; of single pictures, as here, fewer are alike: 1.4e-4 instead of 2.5e-4 at 0.40). So with as many sightings
 * as are kept at most, one stranger in 60 is put together with another.
 */
export const SAME_STRANGER = 0.5;

/** How many sightings are kept at most; the oldest go first. */
export const MOST_SIGHTINGS = 2_000;

/** How many of a stranger's sightings are told of. */
const TOLD = 20;

/** A stranger at a door, by the template of the photograph. */
export interface Sighting {
  /** The id of the denial's event. */
  readonly id: string;
  readonly door: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The photograph's key in the store `evidence`. */
  readonly evidence: string;
  /** The same for all who are alike: the id of the first of them. */
  readonly group: string;
  /** Its own key, wrapped by the master key. */
  readonly key: string;
  /** The template under that key. */
  readonly template: string;
}

/** Where sightings lie. Nothing hears of them, so they owe nothing. */
export const sightingsCollection: CollectionDefinition<Sighting> = {
  name: 'sightings',
  indexes: { at: { ordered: true }, group: {} },
  keysOf: ({ at, group }) => ({ at, group }),
};

/** The group that a new sighting joins: that of the one it resembles most, or one of its own. */
export function groupOf(
  id: string,
  likenesses: readonly { readonly group: string; readonly score: number }[],
): string {
  const [best] = likenesses.toSorted((one, other) => other.score - one.score);
  return best && best.score >= SAME_STRANGER ? best.group : id;
}

/** What is told of a visitor by all sightings of the same group. */
export function seenBefore(visitor: string, group: readonly Sighting[]): SeenBefore {
  const newest = group.toSorted((one, other) => other.at - one.at).slice(0, TOLD);
  return {
    visitor,
    times: group.length,
    doors: new Set(group.map(({ door }) => door)).size,
    sightings: newest.map(({ id, door, at, evidence }) => ({ visitor: id, door, at, evidence })),
  };
}
