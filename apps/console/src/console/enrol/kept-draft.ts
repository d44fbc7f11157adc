import { useCallback, useState } from 'react';
import { emptyDraft, type PersonDraft } from '../people/person-draft.pure.js';
import { useMe } from '../shell/me.js';

interface Kept {
  /** Who typed it, by username. */
  readonly by: string;
  /** The visitor whom it is of; null: somebody who just came. */
  readonly visitor: string | null;
  readonly draft: PersonDraft;
}

const nothing: Kept = { by: '', visitor: null, draft: emptyDraft };
/** What was typed last, of whom and by whom: it outlives a look at another page, and is gone with this one. */
let kept = nothing;

/**
 * What is being typed of somebody to be registered; who comes back finds it, another operator does not, and no visitor is
 * offered what was typed of somebody else.
 */
export function useKeptDraft(visitor: string | null) {
  const by = useMe().operator.username;
  const isOfThis = kept.by === by && kept.visitor === visitor;
  const [draft, setDraft] = useState(isOfThis ? kept.draft : emptyDraft);
  const change = (changed: Partial<PersonDraft>) =>
    setDraft((typed) => {
      kept = { by, visitor, draft: { ...typed, ...changed } };
      return kept.draft;
    });
  const clear = useCallback(() => {
    kept = nothing;
    setDraft(emptyDraft);
  }, []);
  return { draft, change, clear };
}
