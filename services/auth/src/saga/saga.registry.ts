import { answer } from './saga.fixtures.js';
import type { CodeAnswer, EffectOf } from './saga.types.js';

const WRONG_MAX = 5;

/** The registry as the stories have it: whose each code is, by its text; a code is used up by one attempt. */
export class SimulatedRegistry {
  readonly owners = new Map([
    ['ada-1', 'ada'],
    ['ada-2', 'ada'],
    ['bob-1', 'bob'],
  ]);
  readonly usedBy = new Map<string, { readonly attempt: string; readonly at: number }>();
  /** What was answered to a wrong showing, by its frame: asked again, it is the same. */
  readonly #wrong = new Map<string, CodeAnswer>();

  /** @param wrongBefore wrong showings at this door in the last ten minutes */
  constructor(readonly wrongBefore: number) {}

  useCode(question: EffectOf<'use-code'>, now: number): CodeAnswer {
    const { sealed: text, attempt, frame } = question;
    const used = this.usedBy.get(text)?.attempt;
    const owner = this.owners.get(text) ?? null;
    const [person = null] = question.candidates;
    if (now >= question.notAfter) return answer('too-late', { person, used: used === attempt });
    if (used === attempt) return answer('granted', { person: owner });
    if (owner === null || used) return this.#countWrong(frame, person, now);
    if (!question.candidates.includes(owner)) return answer('mismatch', { person });
    this.usedBy.set(text, { attempt, at: now });
    return answer('granted', { person: owner });
  }

  #countWrong(frame: string, person: string | null, now: number): CodeAnswer {
    const known = this.#wrong.get(frame);
    if (known) return known;
    const wrongCount = this.wrongBefore + this.#wrong.size + 1;
    if (wrongCount > WRONG_MAX) return answer('locked', { person, lockedUntil: now + 300_000 });
    const told = answer('wrong', { person, wrongCount, remaining: WRONG_MAX - wrongCount });
    this.#wrong.set(frame, told);
    return told;
  }
}
