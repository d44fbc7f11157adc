import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buckets,
  doorChanged,
  doorPolicy,
  type KioskPairing,
  kioskPair,
} from '@latchkey/contracts';
import { loadPublicKey, openSignedBucket, request, seal } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

// Real: the broker, the store (SQLite), the keys, gRPC, the question on the bus.
describe('a kiosk that is paired', () => {
  let office: Office;
  let instance: Instance;
  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  const digestA = 'A'.repeat(43);
  const digestB = 'B'.repeat(43);

  async function pair(code: string, tokenDigest = digestA) {
    const asked: KioskPairing = { code, tokenDigest };
    const sealed = seal(await loadPublicKey(office.keysDir, 'registry'), JSON.stringify(asked));
    return await request(office.bus, kioskPair, sealed);
  }

  async function openDoor(door: string): Promise<string> {
    const settingsJson = JSON.stringify({ name: `Door ${door}` });
    await instance.neighbour.call('createDoor', { door, settingsJson, by: 'op' });
    return await codeFor(door);
  }

  async function codeFor(door: string): Promise<string> {
    return (await instance.neighbour.call('createPairing', { door, by: 'op' })).code;
  }

  async function policyWith(door: string, kioskTokenDigest: string | null) {
    const bucket = await openSignedBucket(office.bus, buckets.policy, doorPolicy, {
      keysDir: office.keysDir,
      signer: 'registry',
    });
    return await until(`a policy with ${String(kioskTokenDigest)}`, async () => {
      const policy = (await bucket.get(door))?.value;
      return policy?.kioskTokenDigest === kioskTokenDigest ? policy : undefined;
    });
  }

  it('stands at the door of its code from then on, and no other does by that code', async () => {
    const code = await openDoor('north');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = code.toLowerCase().replace('-', '');
    const answer = { ok: true, door: 'north', name: 'Door north' };
    expect(await pair(typed)).toEqual(answer);
    await policyWith('north', digestA);
    await office.post.event('REGISTRY', doorChanged.template, 'north');
    // Its answer was lost: it asks again. Another that has seen the code over a shoulder gets nothing.
    expect(await pair(code)).toEqual(answer);
    expect(await pair(code, digestB)).toMatchObject({ ok: false, code: 'LK-KSK-005' });
    await policyWith('north', digestA);
  });

  it('gives way to the next, and to nobody when it is parted from the door', async () => {
    expect(await pair(await codeFor('north'), digestB)).toMatchObject({ ok: true });
    await policyWith('north', digestB);
    const door = { door: 'north', by: 'op' };
    await instance.neighbour.call('unpairKiosk', door);
    await policyWith('north', null);
    expect(await instance.neighbour.call('getDoor', door)).toMatchObject({ hasKiosk: false });
  });

  it('is one of two that type the same code at once', async () => {
    const code = await openDoor('south');
    const answers = await Promise.all([pair(code, digestA), pair(code, digestB)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await policyWith('south', answers[0].ok ? digestA : digestB);
  });

  it('leaves its code nowhere: not in the database, the audit or on the bus', async () => {
    const code = await openDoor('east');
    await pair(code);
    const told = await until('the pairing in the audit', async () => {
      const { entries } = await instance.neighbour.audit();
      const east = entries.filter(({ subject }) => subject === 'east');
      return east.some(({ action }) => action === 'door.paired') ? east : undefined;
    });
    expect(told.map(({ action, by }) => [action, by])).toEqual(
      expect.arrayContaining([
        ['door.pairing-created', 'op'],
        ['door.paired', 'kiosk'],
      ]),
    );
    const data = join(office.folder, 'data');
    const files = (await readdir(data)).map((name) => readFile(join(data, name), 'latin1'));
    const kept = [
      ...(await Promise.all(files)),
      JSON.stringify(await office.post.stored('REGISTRY', '>')),
    ].join();
    expect(kept).toContain('door.paired');
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(code.replace('-', ''));
  });

  it('is told what is wrong with what was sealed, without a word of what it was', async () => {
    expect(await request(office.bus, kioskPair, 'bm90IHNlYWxlZA')).toMatchObject({
      ok: false,
      code: 'LK-KEY-003',
    });
    const refused = await pair('SECR-ETTT', 'no digest');
    expect(refused).toMatchObject({ ok: false, code: 'LK-REQ-001' });
    expect(JSON.stringify(refused)).not.toContain('SECR');
  });

  it('cannot be had by trying codes: after ten wrong ones even the right one waits', async () => {
    const code = await openDoor('west');
    const refusals = new Set<string>();
    const wrong = Array.from({ length: 12 }, (_, n) => `0000-00${String(n).padStart(2, '0')}`);
    const answers = await Promise.all(wrong.map((guess) => pair(guess, digestB)));
    for (const answer of answers) if (!answer.ok) refusals.add(answer.code);
    expect([...refusals].toSorted()).toEqual(['LK-KSK-005', 'LK-KSK-006']);
    expect(await pair(code)).toMatchObject({ ok: false, code: 'LK-KSK-006' });
    const later = await office.start(60_000);
    await instance.close();
    instance = later;
    expect(await pair(code)).toMatchObject({ ok: true, door: 'west' });
  });
});
