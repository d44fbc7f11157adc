import type { Box } from '@latchkey/contracts';

/** A face to be drawn. */
export interface DrawnFace {
  readonly box: Box;
  readonly name: string | null;
  /** An index into the palette; the face keeps it while it is followed. */
  readonly colour: number;
}

interface Track extends DrawnFace {
  readonly seenMs: number;
}

/** A face that was away for longer is somebody new. */
const FORGOTTEN_MS = 2_000;
/** Two boxes are of one face where their middles lie closer than this share of their width. */
const REACH = 0.6;

/** Follows faces from overlay to overlay, so that each keeps its colour. */
export class FaceFollower {
  readonly #colours: number;
  #tracks: readonly Track[] = [];

  /** @param colours how many there are */
  constructor(colours: number) {
    this.#colours = colours;
  }

  follow(
    faces: readonly { readonly box: Box; readonly name: string | null }[],
    nowMs: number,
  ): readonly DrawnFace[] {
    const known = this.#tracks.filter(({ seenMs }) => nowMs - seenMs < FORGOTTEN_MS);
    const free = new Set(known);
    const followed: Track[] = [];
    for (const { box, name } of faces) {
      const before = nearest(box, free);
      if (before) free.delete(before);
      const taken = [...known, ...followed].map(({ colour }) => colour);
      const colour = before?.colour ?? firstFree(taken, this.#colours);
      followed.push({ box, name, colour, seenMs: nowMs });
    }
    this.#tracks = [...followed, ...free];
    return followed;
  }
}

function nearest(box: Box, tracks: Iterable<Track>): Track | undefined {
  let best: Track | undefined;
  let bestDistance = REACH;
  for (const track of tracks) {
    const dx = box.x + box.width / 2 - (track.box.x + track.box.width / 2);
    const dy = box.y + box.height / 2 - (track.box.y + track.box.height / 2);
    const distance = Math.hypot(dx, dy) / Math.max(box.width, track.box.width);
    if (distance < bestDistance) [best, bestDistance] = [track, distance];
  }
  return best;
}

function firstFree(taken: readonly number[], colours: number): number {
  for (let colour = 0; colour < colours; colour++) if (!taken.includes(colour)) return colour;
  return taken.length % colours;
}
