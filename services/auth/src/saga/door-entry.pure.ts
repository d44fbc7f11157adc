import { z } from 'zod';
import { dueAt, step } from './saga.step.pure.js';
import type { Effect, Input } from './saga.types.js';
import { door, effect } from './saga.types.js';

const owed = z.object({
  /** Its number, by which it's struck out. */
  n: z.int().min(1),
  /** Who carries it out first; others take over later. */
  by: z.string().max(64),
  since: z.int().min(0),
  effect,
});
export type Owed = z.infer<typeof owed>;

/** A value of the `doors` bucket, keyed by door id: the saga's state, when it is due, and the effects it owes. */
export const doorEntry = z.object({
  v: z.literal(1),
  door,
  dueAt: z.int().nullable(),
  /** How many effects were ever owed. */
  count: z.int().min(0),
  owed: z.array(owed),
});
export type DoorEntry = z.infer<typeof doorEntry>;

/** A door of which nothing is known yet: closed. */
export function newEntry(id: string): DoorEntry {
  return {
    v: 1,
    door: {
      id,
      rules: null,
      policyRevision: 0,
      showings: [],
      state: { kind: 'out-of-service', shown: false },
    },
    dueAt: null,
    count: 0,
    owed: [],
  };
}

/** Applies an input; `by` is who carries out what is then owed. The same object where nothing changes. */
export function apply(entry: DoorEntry, input: Input, now: number, by: string): DoorEntry {
  const next = step(entry.door, input, now);
  if (next.door === entry.door && next.effects.length === 0) return entry;
  const added = next.effects.map((effect, at) => ({
    n: entry.count + at + 1,
    by,
    since: now,
    effect,
  }));
  return {
    ...entry,
    door: next.door,
    dueAt: dueAt(next.door.state),
    count: entry.count + added.length,
    owed: [...withoutStale(entry.owed, next.effects), ...added],
  };
}

/** What came of carrying out an effect. */
export interface Done {
  readonly n: number;
  /** A photograph that could not be kept: what is told of it says so. */
  readonly isLost?: boolean;
  /** The answer to a question: it's applied with the striking out, in one write. */
  readonly answer?: Input;
}

/** Strikes out what is done. What was struck out already changes nothing, nor does its answer. */
export function strikeOut(entry: DoorEntry, done: Done, now: number, by: string): DoorEntry {
  const struck = entry.owed.find((one) => one.n === done.n);
  if (!struck) return entry;
  const rest = entry.owed.filter((one) => one !== struck);
  const { effect } = struck;
  const left = {
    ...entry,
    owed: done.isLost && effect.do === 'keep-photograph' ? rest.map(without(effect.to)) : rest,
  };
  return done.answer ? apply(left, done.answer, now, by) : left;
}

/** Only the newest display counts. */
function withoutStale(owed: readonly Owed[], effects: readonly Effect[]): readonly Owed[] {
  const isNewShow = effects.some((one) => one.do === 'show');
  return isNewShow ? owed.filter((one) => one.effect.do !== 'show') : owed;
}

function without(evidence: string): (owed: Owed) => Owed {
  return (one) =>
    one.effect.do === 'publish' && one.effect.data['evidence'] === evidence
      ? { ...one, effect: { ...one.effect, data: { ...one.effect.data, evidence: null } } }
      : one;
}
