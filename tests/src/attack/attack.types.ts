/** One attack that runs in `npm test`, and the promise that would be broken if it succeeded. */
export interface Attack {
  /** By which docs/THREATS.md names it. */
  readonly id: string;
  /** What Latchkey promises to people, operators and engineers. */
  readonly promise: string;
  /** What the attacker does. */
  readonly attack: string;
  /** The test's file, from the repository's root. */
  readonly file: string;
  /** The test's name as it is written there, with its placeholders. */
  readonly test: string;
  /** What comes of it, where that is more than that the promise holds. */
  readonly result?: string;
}
