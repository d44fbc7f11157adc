// Real here: files on disk.
import { mkdtemp, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { initKeys } from './keys.command.js';

let home: string;
let dir: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'latchkey-keys-'));
  dir = join(home, 'keys');
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function contents(): Promise<Map<string, string>> {
  const names = await readdir(dir);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, (await readFile(join(dir, name), 'utf8')).trim()] as const),
    ),
  );
}

it('makes every key for its owner alone, and tells of none what it is', async () => {
  const said = await initKeys(dir);
  const made = await contents();
  expect(made.size).toBe(11);
  for (const [name, text] of made) {
    expect(said).toContain(`made        ${name}`);
    expect(said).not.toContain(text);
    expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  }
});

it('leaves keys that are there as they are, and says which it made', async () => {
  await initKeys(dir);
  const before = await contents();
  expect(await initKeys(dir)).toContain('Nothing was made');
  await unlink(join(dir, 'tag.key'));
  const said = await initKeys(dir);
  expect(said.match(/made .*/g)).toEqual(['made        tag.key']);
  const after = await contents();
  expect(after.delete('tag.key') && before.delete('tag.key')).toBe(true);
  expect(after).toEqual(before);
});
