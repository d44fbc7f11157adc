import { useState } from 'react';
import { emptyDraft, type PersonDraft } from '../people/person-draft.pure.js';
import { useMe } from '../shell/me.js';

/** What was typed last, and by whom: it outlives a look at another page, and is gone with this one. */
let kept: { readonly by: string; readonly draft: PersonDraft } = { by: '', draft: emptyDraft };

/** What is being typed of somebody to be registered; who comes back finds it, another operator does not. */
export function useKeptDraft() {
  const by = useMe().operator.username;
  const [draft, setDraft] = useState(() => (kept.by === by ? kept.draft : emptyDraft));
  const set = (change: (typed: PersonDraft) => PersonDraft) =>
    setDraft((typed) => {
      kept = { by, draft: change(typed) };
      return kept.draft;
    });
  return [draft, set] as const;
}
