import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from './failure.js';

/** A rotation takes effect within five seconds: a file is looked at well within that. */
const LOOK_EVERY_MS = 1_000;

/**
 * What key files hold, read again when one of them was changed: so a key is rotated without a restart. Looking costs a
 * `stat` a second, so there is nothing to be closed.
 */
export class KeyFile<Key> {
  readonly #paths: readonly string[];
  readonly #parse: (texts: readonly string[]) => Key;
  #seen: string;
  #key: Key;
  #lookedMs = performance.now();

  /**
   * Reads the files.
   * @param parse is given their texts, trimmed, in the order of `paths`
   * @throws Failure LK-KEY-001 where one cannot be read, or whatever `parse` throws
   */
  constructor(paths: readonly string[], parse: (texts: readonly string[]) => Key) {
    this.#paths = paths;
    this.#parse = parse;
    this.#seen = stampOf(paths);
    this.#key = parse(paths.map(readText));
  }

  /** What the files held within the last second. */
  get current(): Key {
    return performance.now() - this.#lookedMs < LOOK_EVERY_MS ? this.#key : this.look();
  }

  /** What the files hold now. Where they cannot be read, or fit no longer, it is what they held before. */
  look(): Key {
    this.#lookedMs = performance.now();
    try {
      const stamp = stampOf(this.#paths);
      if (stamp === this.#seen) return this.#key;
      // The stamp is taken first: what changes while it is read is read again.
      this.#key = this.#parse(this.#paths.map(readText));
      this.#seen = stamp;
    } catch {
      // Half of a pair is there already, or a mount is away for a moment: the next look will tell.
    }
    return this.#key;
  }
}

/** A key; or the file of a key and its predecessors, the newest first. */
export type Held<Key> = Key | KeyFile<readonly Key[]>;

/** The key that seals, signs and digests. */
export function newestKey<Key>(held: Held<Key>): Key {
  const [newest] = allKeys(held);
  // A file without a key is not taken: see KeyFile.
  if (newest === undefined) throw Failure.terminal('LK-KEY-002');
  return newest;
}

/** All keys by which something may have been sealed, signed or digested. */
export const allKeys = <Key>(held: Held<Key>): readonly Key[] =>
  held instanceof KeyFile ? held.current : [held];

/**
 * Does what needs the right one of several keys. Where none is, the file is read again: whoever made it may know a newer one.
 * @param attempt answers undefined where it was not that key
 */
export function withEachKey<Key, Done>(
  held: Held<Key>,
  attempt: (key: Key) => Done | undefined,
): Done | undefined {
  const known = allKeys(held);
  for (const key of known) {
    const done = attempt(key);
    if (done !== undefined) return done;
  }
  if (!(held instanceof KeyFile)) return undefined;
  const now = held.look();
  if (now === known) return undefined;
  for (const key of now) {
    const done = attempt(key);
    if (done !== undefined) return done;
  }
  return undefined;
}

/** The lines of a key file, newest key first. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const stampOf = (paths: readonly string[]): string =>
  paths.map((path) => stampOfFile(path)).join(' ');

function stampOfFile(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs}:${size}:${ino}`;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): Failure {
  return Failure.terminal(
    'LK-KEY-001',
    `The key file ${path} cannot be read. Run \`latchkey keys init\`, or mount ${basename(path)} where LK_KEYS_DIR points.`,
    { cause },
  );
}
