// Real: the broker with its permissions, auth over real gRPC to a small registry. What a lock would do is asked of the relay's own judgement.
import { randomUUID } from 'node:crypto';
import {
  accessGranted,
  accessIdentified,
  accessStarted,
  type BucketDefinition,
  buckets,
  doorSettings,
} from '@latchkey/contracts';
import { openingFault, watchSignerKey } from '@latchkey/runtime';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../auth/filming.fixture.js';
import { Threshold } from '../auth/threshold.fixture.js';
import { connectAs } from './bus-identities.fixture.js';

const SOURCE = buckets.gathering.name;
const doorRules = {
  liveness: 'off',
  livenessThreshold: 0,
  matchThreshold: 0,
  codeWaitS: 30,
  outOfService: false,
};

describe('whoever writes what a door is doing, past all permissions', () => {
  let here: Threshold;
  let attacker: NatsConnection;
  beforeAll(async () => {
    here = await Threshold.open(2);
    attacker = await connectAs('notify', here.broker.url, here.keysDir);
  });
  afterAll(async () => {
    await attacker?.close();
    await here?.[Symbol.asyncDispose]();
  });

  /** What notify may keep for itself, it has the broker send to the door's entry: nobody checks the address of an answer. */
  async function plant(
    door: string,
    bytes: string | Uint8Array,
    { name } = buckets.doors as BucketDefinition,
  ): Promise<void> {
    const reply = `$KV.${name}.${door}`;
    const { seq: before } = await newest(reply, name);
    await attacker.request(`$KV.${SOURCE}.planted`, bytes);
    attacker.publish(`$JS.API.DIRECT.GET.KV_${SOURCE}.$KV.${SOURCE}.planted`, '', { reply });
    await until('it is planted', async () => (await newest(reply, name)).seq > before);
  }

  /** What stands last in a bucket under that subject. */
  async function newest(
    subject: string,
    bucket: string = buckets.doors.name,
  ): Promise<{ seq: number; data: Uint8Array }> {
    const query = { last_by_subj: subject };
    const found = await here.bus.jsm.streams.getMessage(`KV_${bucket}`, query);
    return found ?? { seq: 0, data: new Uint8Array() };
  }

  /** A door that owes a grant, as a replica of auth would have left it. */
  function owingAGrant(door: string): object {
    const attempt = randomUUID();
    const now = Date.now();
    const data = { ...accessGranted.example, attempt, door, at: now, expiresAt: now + 30_000 };
    const { signature: _, ...unsigned } = data;
    const id = `${attempt}:outcome`;
    const effect = {
      do: 'publish',
      type: accessGranted.type,
      id,
      attempt,
      at: now,
      data: unsigned,
    };
    return {
      v: 1,
      door: {
        id: door,
        rules: doorRules,
        policyRevision: 1,
        showings: [],
        state: { kind: 'idle', since: now },
      },
      dueAt: null,
      count: 1,
      owed: [{ n: 1, by: 'nobody', since: now - 5_000, effect }],
    };
  }

  /** Whether a lock would have opened, had it heard of it at once. */
  const opened = (door: string): boolean => {
    const publicKeys = [watchSignerKey(here.keysDir, 'auth')];
    return here.opened.some((event) => {
      const nowMs = Date.parse(event.time);
      return openingFault(event, { door, publicKeys, nowMs, done: new Set() }) === null;
    });
  };

  it('has auth sign no grant that it does not owe, and the door goes on', async () => {
    await here.setDoor('planted');
    await plant('planted', JSON.stringify(owingAGrant('planted')));
    await here.isRecognised('planted', ['ada']);
    expect(opened('planted')).toBe(false);
    await here.holdsUp('planted', '.granted');
    await until('the lock opens', () => opened('planted'));
  });

  it('has no door do what another one does', async () => {
    for (const door of ['here', 'there']) await here.setDoor(door);
    await here.isRecognised('here', ['ada']);
    const { data } = await newest(`$KV.${buckets.doors.name}.here`);
    await plant('there', data);
    await here.face('there', null);
    await here.code('there', 'one');
    await here.isRecognised('there', ['bob']);
    expect((await here.told('there')).map(({ type }) => type)).toEqual([
      accessStarted.type,
      accessIdentified.type,
    ]);
  });

  it('changes no door’s settings: neither with words of its own, nor with another door’s', async () => {
    await here.setDoor('strict');
    await here.setDoor('shut', { outOfService: true });
    const { data } = await newest('$KV.policy.shut', buckets.policy.name);
    const settings = doorSettings.parse({ name: 'Forged', outOfService: true });
    const forged = { ...settings, door: 'strict', kioskTokenDigest: null, version: 9 };
    await plant('strict', JSON.stringify(forged), buckets.policy);
    await plant('strict', data, buckets.policy);
    // Out of service nobody is recognised.
    await here.isRecognised('strict', ['ada']);
    expect((await here.told('strict')).map(({ type }) => type)).toContain(accessIdentified.type);
  });

  it('stops no door with what nobody can read', async () => {
    await here.setDoor('junk');
    await plant('junk', 'no JSON, and nobody has signed it');
    await here.isRecognised('junk', ['ada']);
    await here.holdsUp('junk', '.granted');
    await until('the lock opens', () => opened('junk'));
    expect((await here.told('junk')).at(-1)?.type).toBe(accessGranted.type);
  });
});
