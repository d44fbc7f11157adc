import type { Audience } from '@latchkey/contracts';

const audiences: Record<Audience, string> = {
  everyone: 'Everyone',
  group: 'A group',
  guards: 'Guards',
  nobody: 'Nobody',
};

/** Who hears of entries, in words. */
export function audienceWords(audience: Audience, group: string | null): string {
  return audience === 'group' && group ? `The group ${group}` : audiences[audience];
}

/** Every audience, in the order in which it is offered. */
export const audienceNames = Object.entries(audiences) as readonly [Audience, string][];

/** For so long events are kept. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1_000;

/** That something is in no event of a door: of one that is younger than what is kept, that it never was. `now`: ms since 1970. */
export function notFoundWords(createdAt: string, now: number): string {
  return now - Date.parse(createdAt) < KEPT_MS ? 'Not yet' : 'Not in the last 90 days';
}

/** An id that fits a door's name: `Library, north` → `library-north`. */
export function idFor(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
}
