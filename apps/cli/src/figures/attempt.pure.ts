import type { Ranking } from '@latchkey/vision';

/** As a door votes: what 3 of an attempt's 5 looks agree on. */
export const LOOKS = 5;
export const AGREE = 3;

/** Whom an attempt returns: everybody whom enough looks list, and whom the door may name. */
export interface AttemptVerdict {
  readonly candidates: readonly string[];
  readonly named: string | undefined;
}

/**
 * The verdict of one attempt's looks. Someone is a candidate whom at least 3 looks list, and named whom at least 3 looks
 * find clearly ahead of the second: the rule by which auth decides, here for whole attempts of five looks.
 */
export function verdictOf(looks: readonly Ranking[]): AttemptVerdict {
  const candidates = agreed(looks.map((look) => look.candidates.map(({ personId }) => personId)));
  const [named] = agreed(
    looks.map((look) => (look.clearlyAhead ? [look.clearlyAhead.personId] : [])),
  );
  return { candidates, named };
}

function agreed(lists: readonly (readonly string[])[]): string[] {
  const votes = new Map<string, number>();
  for (const list of lists) for (const id of new Set(list)) votes.set(id, (votes.get(id) ?? 0) + 1);
  return [...votes].filter(([, count]) => count >= AGREE).map(([id]) => id);
}
