import type { RouteId } from '@latchkey/gateway/api';
import { useState } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useChange } from '../api/queries.js';
import { differencesOf, type EditedField, mergedWith } from './differences.pure.js';

/** HTTP: the version that was read is no longer the newest. */
const OUTDATED = 412;

/** Something that operators change, of which each change makes another version. */
interface Versioned {
  readonly version: number;
}

/** What is edited, and how. */
interface Edited<Thing extends Versioned, Draft> {
  /** As the page has read it last. */
  readonly newest: Thing;
  readonly fields: readonly EditedField<Draft>[];
  readonly draftOf: (thing: Thing) => Draft;
  readonly readAgain: () => Promise<Thing>;
  /** Refused where another version than this one is the newest. */
  readonly send: (draft: Draft, version: number) => Promise<Thing>;
  /** What is read anew once it is saved. */
  readonly stale: readonly RouteId[];
  readonly onSaved: (saved: Thing) => void;
}

/**
 * What is typed of something that others may change meanwhile. Versions also count what stands in no field, such as a kiosk
 * that was paired: only where a field differs has somebody changed it, which is told when one saves, and what was typed stays.
 */
export function useEditing<Thing extends Versioned, Draft>(edited: Edited<Thing, Draft>) {
  const { newest, fields, draftOf, readAgain, send, stale, onSaved } = edited;
  const [base, setBase] = useState(newest);
  const [draft, setDraft] = useState(() => draftOf(newest));
  const [overtook, setOvertook] = useState<ApiProblem>();
  const before = draftOf(base);
  const isDirty = differencesOf(fields, draft, before).length > 0;
  const isSame = (thing: Thing) => differencesOf(fields, draftOf(thing), before).length === 0;
  if (newest.version > base.version && (!isDirty || isSame(newest))) {
    setBase(newest);
    if (!isDirty) setDraft(draftOf(newest));
  }
  const save = useChange<Thing, void>(async () => {
    let saved: Thing;
    try {
      saved = await send(draft, base.version);
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.status !== OUTDATED) throw problem;
      const now = await readAgain();
      setBase(now);
      if (!isSame(now)) {
        setDraft((typed) => mergedWith(fields, typed, { before, now: draftOf(now) }));
        setOvertook(problem);
        throw problem;
      }
      saved = await send(draft, now.version);
    }
    setBase(saved);
    // What was typed while it was on its way stays.
    setDraft((typed) => (typed === draft ? draftOf(saved) : typed));
    setOvertook(undefined);
    return saved;
  }, stale);
  return {
    draft,
    change: (changed: Partial<Draft>) => setDraft((typed) => ({ ...typed, ...changed })),
    save: () => save.mutate(undefined, { onSuccess: onSaved }),
    isSaving: save.isPending,
    /** What is typed is nowhere else yet. */
    isDirty,
    /** That somebody else was faster is told otherwise. */
    problem: save.error === overtook ? null : save.error,
    isOvertaken: overtook !== undefined,
    /** Only once somebody else was faster: in what the two differ. */
    differences: overtook ? differencesOf(fields, draft, before) : [],
    takeTheirs: (field: keyof Draft) =>
      setDraft((typed) => ({ ...typed, [field]: draftOf(base)[field] })),
  };
}
