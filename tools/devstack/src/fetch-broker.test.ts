// Real here: files on disk. The ways to fetch are told to fail; the real ones run where broker.test.ts finds an empty cache.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isNewEnough } from './broker-release.js';
import { type FetchWay, fetchedBroker, mustMatch } from './fetch-broker.js';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'latchkey-cache-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const broken: FetchWay = {
  name: 'carrier pigeon',
  fetchInto: () => Promise.reject(new Error('lost at sea')),
};

function working(): FetchWay & { times: number } {
  const way = {
    name: 'post',
    times: 0,
    fetchInto: async (folder: string) => {
      way.times += 1;
      await writeFile(join(folder, 'program'), '#!/bin/sh\n');
      return join(folder, 'program');
    },
  };
  return way;
}

test('each way is tried in turn, and every fault is told', async () => {
  const faults: string[] = [];
  const path = await fetchedBroker(cache, faults, () => undefined, [broken, working()]);
  expect(faults).toEqual(['carrier pigeon: lost at sea']);
  expect((await stat(path ?? '')).mode & 0o111).toBe(0o111);
});

test('where no way works nothing is left in the cache', async () => {
  const faults: string[] = [];
  expect(await fetchedBroker(cache, faults, () => undefined, [broken, broken])).toBeUndefined();
  expect(faults).toHaveLength(2);
  expect(await readdir(cache)).toEqual([]);
});

test('many may ask at once; all get a whole program, and later ones what is there', async () => {
  const way = working();
  const ask = () => fetchedBroker(cache, [], () => undefined, [way]);
  const paths = await Promise.all([ask(), ask(), ask()]);
  expect(new Set(paths).size).toBe(1);
  const { times } = way;
  await ask();
  expect(way.times).toBe(times);
  expect(await readdir(cache)).toHaveLength(1);
});

test('a download whose checksum is not the expected one is refused', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect(() => mustMatch(Buffer.from(''), empty, 'file')).not.toThrow('checksum');
  expect(() => mustMatch(Buffer.from('x'), empty, 'file')).toThrow(/checksum/);
  expect(() => mustMatch(Buffer.from(''), undefined, 'file')).toThrow(/none is expected/);
});

test.each([
  ['nats-server: v2.15.1', true],
  ['nats-server: v2.12.0', true],
  ['nats-server: v3.0.0-preview', true],
  ['nats-server: v2.9.10', false],
  ['command not found', false],
])('%s is new enough: %s', (text, expected) => {
  expect(isNewEnough(text)).toBe(expected);
});
