import type { DatabaseSync } from 'node:sqlite';

/** So many writes share a transaction at most, so that others get their turn. */
const MOST = 256;

interface Write {
  /** Does it, within the transaction. @returns what tells the one who asked, once it is on the disk */
  readonly work: () => () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes that are asked for at the same moment share one transaction, and so one sync of the disk, which takes by far the
 * longest. Each is answered after the commit, and stands or falls by itself.
 */
export class SharedCommit {
  readonly #database: DatabaseSync;
  readonly #waiting: Write[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** What `work` reads is still true when it writes: the write lock is taken at the transaction's start. */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        work: () => {
          const result = work();
          return () => resolve(result);
        },
        reject,
      });
      if (this.#waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Writes what waits. */
  flush(): void {
    while (this.#waiting.length > 0) this.#commit(this.#waiting.splice(0, MOST));
  }

  #commit(writes: readonly Write[]): void {
    const answers: (() => void)[] = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const write of writes) answers.push(this.#carryOut(write));
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      for (const { reject } of writes) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  /** One write; where it fails, only that is undone. @throws where the database gave up the whole transaction */
  #carryOut({ work, reject }: Write): () => void {
    this.#database.exec('SAVEPOINT one');
    try {
      const answer = work();
      this.#database.exec('RELEASE one');
      return answer;
    } catch (error) {
      this.#database.exec('ROLLBACK TO one; RELEASE one');
      return () => reject(error);
    }
  }
}
