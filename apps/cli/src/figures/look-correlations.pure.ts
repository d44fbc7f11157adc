import type { LookCorrelations } from '../expected-attempts.pure.js';
import { type Group, intraclassCorrelation } from './agreeing-looks.pure.js';
import { LOOKS } from './attempt.pure.js';
import type { IdentityOf } from './identification.pure.js';
import type { ScoredLook } from './scored-looks.pure.js';

/**
 * How much alike the five looks of an attempt are in what they score with one template: a stranger's with somebody's, and a
 * person's with their own. Where there are too few attempts to tell, as if all five were one look.
 */
export function lookCorrelations(
  looks: readonly ScoredLook[],
  identityOf: IdentityOf = (picture) => picture,
): LookCorrelations {
  const groups: { impostor: Group[]; genuine: Group[] } = { impostor: [], genuine: [] };
  for (const own of Map.groupBy(looks, ({ of, attempt }) => `${of}/${attempt}`).values()) {
    if (own.length !== LOOKS) continue;
    for (const template of Object.keys(own[0]?.scores ?? {})) {
      const kind = identityOf(template) === identityOf(own[0]?.of ?? '') ? 'genuine' : 'impostor';
      groups[kind].push(own.map(({ scores }) => scores[template] ?? -1));
    }
  }
  return {
    impostor: intraclassCorrelation(groups.impostor) ?? 1,
    genuine: intraclassCorrelation(groups.genuine) ?? 1,
  };
}
