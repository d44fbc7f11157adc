// Real here: files on disk.
import { mkdtemp, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROKER_USERS_FILE } from '@latchkey/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addGuest, addRelayByMqtt, initKeys, parseGiven, rotate } from './keys.command.js';

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
  expect(made.delete(BROKER_USERS_FILE)).toBe(true);
  // Four curve pairs, three secrets, eight identities, three signers, five certificates and who signs them.
  expect(made.size).toBe(45);
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

it('gives a relay and an integrator an identity, keeps its key, and names it in what the broker reads', async () => {
  await initKeys(dir);
  await addGuest(dir, { kind: 'relay', name: 'relay-library-north', door: 'library-north' });
  const before = (await contents()).get('bus-relay-library-north.pub') ?? '';
  const given = [parseGiven('access:library-north:granted'), parseGiven('alarm:*:*')];
  const said = await addGuest(dir, { kind: 'integrator', name: 'acme', given });
  expect(said).toContain('acme may read access:library-north:granted, alarm:*:*, and nothing else');
  await addGuest(dir, { kind: 'relay', name: 'relay-library-north', door: 'library-north' });
  const after = await contents();
  expect(after.get('bus-relay-library-north.pub')).toBe(before);
  const users = after.get(BROKER_USERS_FILE) ?? '';
  expect(users.split(before)).toHaveLength(2);
  expect(users).toContain('"lk.v1.open.library-north"');
  expect(users).toContain('ACCESS.acme-1.lk.v1.access.library-north.granted');
  const secrets = [...after].filter(([name]) => name.endsWith('.seed'));
  expect(secrets.filter(([, text]) => users.includes(text))).toEqual([]);
});

it('gives a relay a password for MQTT once, and the broker only its digest', async () => {
  await initKeys(dir);
  const said = await addRelayByMqtt(dir, 'library-north');
  const file = 'mqtt-relay-library-north.password';
  const password = (await contents()).get(file) ?? '';
  expect(password).toMatch(/^[\w-]{43}$/);
  expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600);
  expect(said).toContain(file);
  await addRelayByMqtt(dir, 'library-north', '127.0.0.1:18883');
  const made = await contents();
  expect(made.get(file)).toBe(password);
  const users = made.get(BROKER_USERS_FILE) ?? '';
  expect(users).toContain('listen: "127.0.0.1:18883"');
  expect(users.match(/"\$2b\$04\$/g)).toHaveLength(1);
  await rotate(dir, 'mqtt-relay-library-north');
  const rotated = await contents();
  expect(rotated.get(file)).toMatch(/^[\w-]{43}$/);
  expect(rotated.get(file)).not.toBe(password);
  for (const text of [said, users, rotated.get(BROKER_USERS_FILE)]) {
    expect(text).not.toContain(password);
    expect(text).not.toContain(rotated.get(file));
  }
});

it.each(['access', 'frame:*:*', 'access:library north:granted', 'access:a:b:c', 'access:*:>'])(
  'says what was expected instead of %s',
  (text) => {
    expect(() => parseGiven(text)).toThrow(/Expected access:<door>:<kind>/);
  },
);
