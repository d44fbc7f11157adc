import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '@latchkey/runtime';
import type { Decision } from './domain/refusal.pure.js';
import type { CollectionDefinition, Store, Stored, WriteResult } from './store/store.port.js';

/** A conflict means that another's write went through, so this many writers at once all come to their turn. */
export const TRIES = 64;
const PATIENT_TRIES = 4;
const PAUSE_MS = 5;

/** A document as it was left by a change, and the answer to it. */
export interface Changed<D, Reply> {
  readonly stored: Stored<D>;
  readonly reply: Reply;
}

/**
 * Reads a document, decides, and writes only if it is still the one that was read; else all of it anew, bounded.
 * @throws Failure with the refusal's code; LK-STO-002, retryable, where it never came to its turn.
 */
export async function change<Whole, D extends Whole, Reply>(
  store: Store,
  collection: CollectionDefinition<Whole>,
  id: string,
  decide: (current: Whole | null) => Decision<D, Reply> | Promise<Decision<D, Reply>>,
): Promise<Changed<D, Reply>> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const current = await store.get(collection, id);
    const decision = await decide(current?.document ?? null);
    if (!decision.ok) throw failureOf(decision);
    const { next: document, reply } = decision;
    if (current && document === current.document) {
      return { stored: { id, version: current.version, document }, reply };
    }
    const result = current
      ? await store.replace(collection, id, current.version, document)
      : await store.insert(collection, id, document);
    if (result.ok) return { stored: { id, version: result.version, document }, reply };
    assertNotTaken(result);
    await takeTurn(attempt);
  }
  throw neverItsTurn();
}

/** Waits a little, at random, once it is clear that many write at once. */
export async function takeTurn(attempt: number): Promise<void> {
  if (attempt >= PATIENT_TRIES)
    await delay(Math.random() * PAUSE_MS * (attempt - PATIENT_TRIES + 1));
}

/** The failure of a write that lost against others each time. */
export function neverItsTurn(): Failure {
  return Failure.retryable('LK-STO-002', undefined, { retryAfterMs: 100 });
}

function assertNotTaken(result: Exclude<WriteResult, { ok: true }>): void {
  if (result.why === 'taken' && result.by === 'email') throw Failure.terminal('LK-PER-004');
  if (result.why === 'taken' && result.by === 'handle') {
    throw Failure.terminal(
      'LK-PER-002',
      'Another person has this id, but for upper and lower case.',
    );
  }
  if (result.why === 'taken' && result.by === 'first') throw Failure.terminal('LK-AUTH-012');
  if (result.why === 'taken' && (result.by === 'invited' || result.by === 'account')) {
    throw Failure.terminal('LK-SSO-005', 'Another operator is invited under that, or bound to it.');
  }
  if (result.why === 'taken' && result.by === 'passkey') {
    throw Failure.terminal('LK-PKY-004', 'This passkey was added before.');
  }
  if (result.why === 'taken' && result.by !== 'id') {
    throw Failure.retryable('LK-STO-002', `The ${result.by} is taken; trying again makes another.`);
  }
}

/** A refusal as a failure. */
export function failureOf(refused: Exclude<Decision<never>, { ok: true }>): Failure {
  return Failure.terminal(refused.code, refused.message, { retryAfterMs: refused.retryAfterMs });
}
