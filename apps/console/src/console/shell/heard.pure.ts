/** When each group of alerts was last heard, ms since 1970. */
export type Heard = ReadonlyMap<string, number>;

/** What happens again and again at one door is heard once in this time. */
const SILENT_MS = 60_000;

/** @returns what was heard by now, with this group; undefined: it was heard a moment ago, and is not to be again */
export function hear(heard: Heard, group: string, nowMs: number): Heard | undefined {
  const lately = [...heard].filter(([, atMs]) => Math.abs(nowMs - atMs) < SILENT_MS);
  if (lately.some(([one]) => one === group)) return undefined;
  return new Map([...lately, [group, nowMs]]);
}
