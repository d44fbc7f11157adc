import type { Candidate, FacesObserved, MeasuredFace, ObservedFace } from '@latchkey/contracts';
import { limits } from './limits.js';
import type { DoorRules, Look } from './saga.types.js';

/** Whether two people stand near the camera: two usable faces of comparable size. */
export function isCrowd(seen: FacesObserved): boolean {
  const [first, second] = seen.faces.filter((face) => face.usable).map(area);
  if (first === undefined || second === undefined) return false;
  return Math.min(first, second) >= limits.crowdAreaRatio * Math.max(first, second);
}

function area(face: ObservedFace): number {
  return face.box.width * face.box.height;
}

/**
 * What the nearest face of a frame says by the door's rules, or null where it says nothing: nobody there, not usable,
 * two people, or a liveness that the rules want and that was not judged.
 */
export function lookOf(seen: FacesObserved, rules: DoorRules): Look | null {
  const nearest = seen.faces[0];
  if (!nearest?.usable || isCrowd(seen)) return null;
  if (rules.liveness !== 'off' && (nearest.liveness === null || !seen.picture)) return null;
  const live = rules.liveness === 'off' || (nearest.liveness ?? 0) >= leastLiveness(rules);
  // face has left out those below what the size of the gallery asks for: a door can only ask for more.
  const floor = rules.matchThreshold ?? Number.NEGATIVE_INFINITY;
  const candidates = nearest.candidates.filter(({ score }) => score >= floor);
  const says = !live ? 'not-live' : candidates.length > 0 ? 'known' : 'unknown';
  const { clear } = nearest;
  return {
    frame: seen.frame,
    at: seen.capturedAt,
    says,
    candidates,
    clear,
    measured: measuredOf(nearest),
  };
}

/** Where an act is asked for anyway, a face that looks doubtful may still show that it is live. */
function leastLiveness({ liveness, livenessThreshold }: DoorRules): number {
  return liveness === 'challenge' ? livenessThreshold - limits.livenessDoubt : livenessThreshold;
}

function measuredOf({ eyesOpen, yawDeg, box }: ObservedFace): MeasuredFace | null {
  if (eyesOpen === undefined || yawDeg === undefined) return null;
  return { eyesOpen, yawDeg, aspect: box.width / box.height };
}

/** Adds a look, in the order of capture. A doubled one, and one that's older than all that are kept, change nothing. */
export function withLook(looks: readonly Look[], look: Look): readonly Look[] {
  if (looks.some((known) => known.frame === look.frame)) return looks;
  const later = looks.findIndex((known) => known.at > look.at);
  const place = later < 0 ? looks.length : later;
  if (place === 0 && looks.length === limits.looksKept) return looks;
  return looks.toSpliced(place, 0, look).slice(-limits.looksKept);
}

/** The last five frames, of those captured after a moment. */
export function lastFrames(looks: readonly Look[], after = -1): readonly Look[] {
  return looks.filter((look) => look.at > after).slice(-limits.window);
}

/** Whether 3 of the last 5 frames fit. */
export function agree(frames: readonly Look[], fits: (look: Look) => boolean): boolean {
  return frames.filter(fits).length >= limits.agree;
}

/** Whom 3 of the last 5 frames name as clearly ahead, with the mean score, or null. */
export function clearlyAhead(frames: readonly Look[]): Candidate | null {
  const firsts = frames.filter((look) => look.clear).map((look) => look.candidates.slice(0, 1));
  return inAtLeastThree(firsts)[0] ?? null;
}

/** The short list: those who are among the candidates of 3 of the last 5 live frames, best first. */
function shortList(frames: readonly Look[]): Candidate[] {
  return inAtLeastThree(live(frames).map((look) => look.candidates));
}

/** Who is meant: one who is clearly ahead, else the same few candidates; null while the frames don't agree. */
export function identified(
  frames: readonly Look[],
): { readonly candidates: Candidate[]; readonly clear: boolean } | null {
  const ahead = clearlyAhead(live(frames));
  if (ahead) return { candidates: [ahead], clear: true };
  const candidates = shortList(frames);
  return candidates.length > 0 ? { candidates, clear: false } : null;
}

/**
 * Those of `candidates` who stand there with the code: the newest look at or before its frame, at most 3 s old, and
 * every look since, must be a live one of theirs. Nobody, where any of them shows somebody else.
 */
export function standingThere(
  candidates: readonly Candidate[],
  looks: readonly Look[],
  codeAt: number,
): Candidate[] {
  const newest = looks.findLast((look) => look.at <= codeAt);
  if (!newest || newest.at < codeAt - limits.faceAgeMs) return [];
  const since = looks.filter((look) => look.at >= newest.at);
  const shows = (look: Look, person: string) =>
    look.says === 'known' && look.candidates.some((candidate) => candidate.person === person);
  return candidates.filter(({ person }) => since.every((look) => shows(look, person)));
}

function live(looks: readonly Look[]): readonly Look[] {
  return looks.filter((look) => look.says === 'known');
}

function inAtLeastThree(lists: readonly (readonly Candidate[])[]): Candidate[] {
  const scores = new Map<string, number[]>();
  for (const list of lists) {
    for (const [person, score] of new Map(list.map((one) => [one.person, one.score]))) {
      scores.set(person, [...(scores.get(person) ?? []), score]);
    }
  }
  return [...scores]
    .filter(([, all]) => all.length >= limits.agree)
    .map(([person, all]) => ({ person, score: all.reduce((sum, one) => sum + one) / all.length }))
    .toSorted((one, other) => other.score - one.score || one.person.localeCompare(other.person))
    .slice(0, 8);
}
