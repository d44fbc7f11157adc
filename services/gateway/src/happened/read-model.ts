import { chmodSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Acknowledgement, personDeleted } from '@latchkey/contracts';
import { type EventStream, eventStreams } from '../events/cursor.pure.js';
import { type Occurrence, STREAM_OF_KEY } from './occurrence.pure.js';
import { QUARTER_MS } from './site-hours.pure.js';
import { SCHEMA_VERSION, SETTINGS, TABLES } from './read-model.sql.js';

const QUARTER_US = QUARTER_MS * 1_000;
/** An attempt that has told no end for so long never will: its door's memory was lost. */
const ATTEMPT_US = 4 * QUARTER_US;
const PRUNED_AT_ONCE = 2_000;

/** What happened, in a SQLite file beside the streams: they are the truth, and all of it can be read again from them. */
export class ReadModel {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Opens the file, which is its owner's alone, and makes it where it is missing. One of another schema, or that is no
   * database, is thrown away and made anew.
   * @throws Error where the folder cannot be written.
   */
  static open(path: string): ReadModel {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const there = openDatabase(path);
    if (there) return new ReadModel(there);
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    const database = openDatabase(path);
    if (!database) throw new Error(`The read model ${path} cannot be made.`);
    return new ReadModel(database);
  }

  /**
   * The sequence number to read next of a stream, from 1.
   * @param made when the stream was made: of one that was lost and made anew, nothing that was read counts any more
   */
  positionIn(stream: EventStream, made: string): number {
    const row = this.one('SELECT made, next FROM positions WHERE stream = ?', stream);
    if (row?.['made'] === made) return Number(row['next']);
    this.#atOnce(() => {
      if (row) this.#forgetStream(stream);
      this.#run('INSERT OR REPLACE INTO positions VALUES (?, ?, 1)', stream, made);
    });
    return 1;
  }

  /** Takes what was read of a stream, and where to go on, in one write. What it has already is passed over. */
  apply(stream: EventStream, occurrences: readonly Occurrence[], next: number): void {
    this.#atOnce(() => {
      for (const occurrence of occurrences) this.#take(occurrence);
      this.#run('UPDATE positions SET next = max(next, ?) WHERE stream = ?', next, stream);
    });
    // What is taken out stays in the log of writes until that begins anew.
    if (occurrences.some(({ forgotten }) => forgotten !== null)) {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    }
  }

  /** Who saw to an alert; it may be told before the alert itself is. A note about who was forgotten is left out. */
  acknowledge(acknowledgement: Acknowledgement): void {
    const { alert, by, at, note, person } = acknowledgement;
    this.#atOnce(() => {
      this.#run(
        'INSERT OR REPLACE INTO acknowledgements VALUES (?, ?, ?, ?, ?)',
        alert,
        by,
        at * 1_000,
        this.isForgotten(acknowledgement) ? null : note,
        person,
      );
      this.#run('UPDATE alerts SET open = 0 WHERE id = ?', alert);
    });
  }

  /** Whether an alert's person, or who the visitor was registered as, was forgotten after it. */
  isForgotten({ alert, person, at }: Acknowledgement): boolean {
    const sql = `SELECT 1 FROM alerts JOIN events ON events.person = alerts.person AND events.at > alerts.at
      WHERE alerts.id = ?1 AND events.type = ?2
      UNION SELECT 1 FROM events WHERE person = ?3 AND at > ?4 AND type = ?2`;
    return this.one(sql, alert, personDeleted.type, person, at * 1_000) !== undefined;
  }

  /** Takes out what is older than the streams keep. @returns whether there is more of it */
  prune(beforeUs: number): boolean {
    return this.#atOnce(() => {
      const old = this.#run(
        'DELETE FROM events WHERE key IN (SELECT key FROM events WHERE at < ? ORDER BY at LIMIT ?)',
        beforeUs,
        PRUNED_AT_ONCE,
      );
      if (old === PRUNED_AT_ONCE) return true;
      for (const table of ['waits', 'alerts', 'acknowledgements', 'doors']) {
        this.#run(`DELETE FROM ${table} WHERE at < ?`, beforeUs);
      }
      this.#run('DELETE FROM quarters WHERE quarter < ?', Math.floor(beforeUs / QUARTER_US));
      this.#run('DELETE FROM attempts WHERE at < (SELECT max(at) FROM events) - ?', ATTEMPT_US);
      return false;
    });
  }

  /** The first row that a question finds. */
  one(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values);
  }

  /** All rows that a question finds. */
  all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#statement(sql).all(...values);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #take(occurrence: Occurrence): void {
    const { key, atUs, event, door, person, forgotten } = occurrence;
    const { id, source, type, time, correlationid, data } = event;
    const sql = 'INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
    const envelope = [id, source, time, correlationid] as const;
    const isNew = this.#run(sql, key, atUs, type, door, person, ...envelope, JSON.stringify(data));
    if (isNew === 0) return;
    if (door !== null && occurrence.isAtDoor) {
      this.#takeLastOf(door, occurrence);
      this.#takeAttempt(door, occurrence);
    }
    if (occurrence.alert) this.#takeAlert(occurrence);
    if (forgotten !== null) this.#forgetPerson(forgotten);
  }

  #takeLastOf(door: string, { key, atUs }: Occurrence): void {
    this.#run(
      `INSERT INTO doors VALUES (?, ?, ?) ON CONFLICT (door) DO UPDATE SET at = excluded.at, key = excluded.key
       WHERE (excluded.at, excluded.key) > (doors.at, doors.key)`,
      door,
      atUs,
      key,
    );
  }

  #takeAttempt(door: string, { key, atUs, attempt, started, ended, event }: Occurrence): void {
    const toldUs = Date.parse(event.time) * 1_000;
    if (started) this.#run('INSERT OR IGNORE INTO attempts VALUES (?, ?)', attempt, toldUs);
    if (!ended) return;
    const begun = this.one('SELECT at FROM attempts WHERE attempt = ?', attempt);
    if (begun) this.#run('DELETE FROM attempts WHERE attempt = ?', attempt);
    if (begun && ended.outcome === 'granted') {
      const ms = Math.max(0, Math.round((toldUs - Number(begun['at'])) / 1_000));
      this.#run('INSERT OR IGNORE INTO waits VALUES (?, ?, ?, ?)', atUs, key, door, ms);
    }
    this.#run(
      'INSERT INTO quarters VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
      Math.floor(atUs / QUARTER_US),
      door,
      ended.outcome,
      ended.reason,
    );
  }

  #takeAlert({ key, atUs, event, door, person, alert }: Occurrence): void {
    if (!alert) return;
    const { kind, reason, evidence } = alert;
    this.#run(
      `INSERT OR IGNORE INTO alerts
       VALUES (?1, ?2, ?3, ?4, NOT EXISTS (SELECT 1 FROM acknowledgements WHERE alert = ?3), ?5, ?6, ?7, ?8, ?9)`,
      key,
      atUs,
      event.id,
      kind,
      event.type,
      door,
      person,
      reason,
      evidence,
    );
  }

  /** A forgotten person is left as an id: what an operator wrote beside an alert may say more. */
  #forgetPerson(person: string): void {
    this.#run(
      `UPDATE acknowledgements SET note = NULL WHERE note IS NOT NULL AND alert IN
         (SELECT id FROM alerts WHERE key IN (SELECT key FROM events WHERE person = ?1)
          UNION SELECT alert FROM acknowledgements WHERE person = ?1)`,
      person,
    );
  }

  /** Only ACCESS tells of attempts, so with it go the counts. */
  #forgetStream(stream: EventStream): void {
    const index = eventStreams.indexOf(stream);
    for (const table of ['events', 'alerts', 'doors']) {
      this.#run(`DELETE FROM ${table} WHERE ${STREAM_OF_KEY} = ?`, index);
    }
    if (stream !== 'ACCESS') return;
    for (const table of ['attempts', 'quarters', 'waits']) this.#run(`DELETE FROM ${table}`);
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  #statement(sql: string): StatementSync {
    const there = this.#prepared.get(sql);
    if (there) return there;
    const made = this.#database.prepare(sql);
    this.#prepared.set(sql, made);
    return made;
  }

  #atOnce<Result>(act: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = act();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The database in a file with today's tables; null where what lies there is another. */
function openDatabase(path: string): DatabaseSync | null {
  // SQLite gives its -wal and -shm files the rights of the main file.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec(SETTINGS);
    const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
    if (version === SCHEMA_VERSION) return database;
    const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {};
    if (version === 0 && tables === 0) {
      database.exec(`BEGIN; ${TABLES} COMMIT;`);
      return database;
    }
  } catch (error) {
    database?.close();
    if (isNoDatabase(error)) return null;
    throw error;
  }
  database.close();
  return null;
}

/** SQLITE_CORRUPT (11) and SQLITE_NOTADB (26), sqlite.org/rescode.html. */
function isNoDatabase(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode));
}
