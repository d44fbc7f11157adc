import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { SharedCommit } from './shared-commit.js';

function open() {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT');
  const insert = (id: number) => () => database.prepare('INSERT INTO t VALUES (?)').run(id);
  const ids = () =>
    database
      .prepare('SELECT id FROM t ORDER BY id')
      .all()
      .map((row) => row['id']);
  return { database, commits: new SharedCommit(database), insert, ids };
}

it('writes what is asked for at once, in order; one that fails takes no other with it', async () => {
  const { commits, insert, ids } = open();
  const writes = [insert(1), insert(2), insert(1), insert(3)].map((work) => commits.write(work));
  expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(ids()).toEqual([1, 2, 3]);
});

it('undoes the whole of a write that fails after its first half', async () => {
  const { commits, insert, ids } = open();
  const halved = commits.write(() => {
    insert(1)();
    throw new Error('the second half');
  });
  await expect(halved).rejects.toThrow('the second half');
  await commits.write(insert(2));
  expect(ids()).toEqual([2]);
});

it('tells all of them where the transaction itself fails, and writes again afterwards', async () => {
  const { database, commits, insert, ids } = open();
  const spoilt = commits.write(() => database.exec('ROLLBACK'));
  const beside = commits.write(insert(1));
  await expect(spoilt).rejects.toThrow(/savepoint/);
  await expect(beside).rejects.toThrow(/savepoint/);
  await commits.write(insert(2));
  expect(ids()).toEqual([2]);
});

it('has written what waited once it is flushed', () => {
  const { commits, insert, ids } = open();
  void commits.write(insert(1));
  commits.flush();
  expect(ids()).toEqual([1]);
});
