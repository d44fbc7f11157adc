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

/** An id that fits a door's name: `Library, north` → `library-north`. */
export function idFor(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
}
