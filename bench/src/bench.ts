/** A measurement that anyone can repeat. Its figures are ratios first: this machine is not that machine. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  /** @param progress is told the share done, 0..1 */
  run(progress: (share: number) => void): Promise<Record<string, unknown>>;
}
