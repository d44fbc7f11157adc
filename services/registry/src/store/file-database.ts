import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ordersOf } from './file-rows.pure.js';
import { placeColumn, statementsOf } from './file-sql.pure.js';
import type { CollectionDefinition } from './store.port.js';

const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  PRAGMA secure_delete = ON;
`;
/** Opens a SQLite file that has the tables of these collections; the folder is made if missing (0700), the file is the owner's alone (0600). */
export function openDatabase(
  path: string,
  collections: readonly CollectionDefinition<never>[],
): DatabaseSync {
  makePrivate(path);
  const database = new DatabaseSync(path);
  database.exec(SETTINGS);
  for (const collection of collections) makeTables(database, collection);
  return database;
}

function makeTables(database: DatabaseSync, collection: CollectionDefinition<never>): void {
  const { name, indexes } = collection;
  const unique = Object.keys(indexes).filter((field) => indexes[field]?.unique);
  const orders = ordersOf(collection);
  database.exec(statementsOf(name, unique, orders));
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(`${name}_index`);
  const there = new Set(columns.map((column) => column['name']));
  // A file of an older version: `reindex` fills the column.
  for (const column of orders.map(placeColumn).filter((wanted) => !there.has(wanted))) {
    database.exec(`ALTER TABLE ${name}_index ADD COLUMN ${column} ANY`);
  }
}

function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives its -wal and -shm files the rights of the main file.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
