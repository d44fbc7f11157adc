import {
  accessGranted,
  buckets,
  createEvent,
  openingText,
  type PartName,
} from '@latchkey/contracts';
import { loadSigner } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GuardedBus, refusedPublishes } from './bus-identities.fixture.js';
import { Relay } from './relay.fixture.js';

// Real here: the broker with its permissions, and a door's relay as its own process, which "opens" by telling so.
const DOOR = 'library-north';
const opened = new AsyncDisposableStack();
let bus: GuardedBus;
let relay: Relay;

beforeAll(async () => {
  bus = opened.use(await GuardedBus.open());
  relay = opened.use(await Relay.start(bus.broker.url, bus.keysDir, DOOR));
});
afterAll(() => opened.disposeAsync());

interface Forgery {
  id?: string;
  door?: string;
  expiresAt?: number;
  signedBy?: 'auth' | 'registry' | null;
}

/** A grant as auth tells it; `signedBy: null`: by someone who has no key. */
async function grant({ id, door = DOOR, expiresAt, signedBy = null }: Forgery): Promise<string> {
  const now = Date.now();
  const facts = { id: id ?? crypto.randomUUID(), door, expiresAt: expiresAt ?? now + 5_000 };
  const signer = signedBy && (await loadSigner(bus.keysDir, signedBy));
  return JSON.stringify(
    createEvent(accessGranted, {
      id: facts.id,
      source: 'auth',
      timeMs: now,
      correlationId: facts.id,
      data: {
        ...accessGranted.example,
        ...facts,
        ...(signer ? { signature: signer.sign(openingText(facts)) } : {}),
      },
    }),
  );
}

/** Tells the lock by the one way that nobody but the broker has: a stored grant, republished. */
async function store(payload: string, door = DOOR): Promise<void> {
  await bus.admin.js.publish(`lk.v1.access.${door}.granted`, payload);
}

it('a grant that auth signed opens, once', async () => {
  const payload = await grant({ signedBy: 'auth' });
  await store(payload);
  await relay.says(/CLICK/);
  await store(payload);
  await relay.says(/stays shut: it was carried out before/);
  expect(relay.clicks).toBe(1);
});

it.each([
  ['a grant that nobody signed', {}, /not signed by who may open/],
  ['a late grant', { signedBy: 'auth', expiresAt: Date.now() - 1 }, /it is too late/],
  ['a grant for another door', { signedBy: 'auth', door: 'library-south' }, /another door/],
] as const)('%s opens nothing, though the broker republishes it', async (_, forgery, why) => {
  const before = relay.clicks;
  relay.forgetRefusals();
  await store(await grant(forgery));
  await relay.says(new RegExp(`stays shut: .*${why.source}`));
  expect(relay.clicks).toBe(before);
});

it('a signature that was moved to a later time opens nothing', async () => {
  const before = relay.clicks;
  const genuine = JSON.parse(await grant({ signedBy: 'auth', expiresAt: Date.now() + 60 }));
  genuine.data.expiresAt += 60_000;
  relay.forgetRefusals();
  await store(JSON.stringify(genuine));
  await relay.says(/stays shut: it is not signed/);
  expect(relay.clicks).toBe(before);
});

it.each(['capture', 'face', 'qr', 'auth', 'registry', 'notify', 'gateway'] as const)(
  '%s may not publish where locks listen',
  async (name) => {
    const refused = await refusedPublishes(await bus.as(name), [`lk.v1.open.${DOOR}`]);
    expect([...refused]).toEqual([`lk.v1.open.${DOOR}`]);
  },
);

/** Who may keep something in a bucket and read it again can have the broker send it anywhere: as an answer to himself. */
it.each([
  ['notify', buckets.gathering.name],
  ['gateway', buckets.acknowledged.name],
] as const satisfies [PartName, string][])(
  '%s has the broker send a forged grant to the lock by a reply address, and the lock stays shut',
  async (name, bucket) => {
    const before = relay.clicks;
    const attacker = await bus.as(name);
    const listening = bus.admin.nc.subscribe(`lk.v1.open.${DOOR}`, { max: 1 });
    await bus.admin.nc.flush();
    await attacker.request(`$KV.${bucket}.forged`, await grant({}));
    relay.forgetRefusals();
    const reply = `lk.v1.open.${DOOR}`;
    attacker.publish(`$JS.API.DIRECT.GET.KV_${bucket}.$KV.${bucket}.forged`, '', { reply });
    // It arrives, past all permissions: that is why openings are signed.
    for await (const message of listening) expect(message.string()).toContain(accessGranted.type);
    await relay.says(/stays shut: it is not signed by who may open/);
    expect(relay.clicks).toBe(before);
  },
);

it('has it stored as a grant by the same way, and the lock stays shut', async () => {
  const before = relay.clicks;
  const attacker = await bus.as('notify');
  const bucket = buckets.gathering.name;
  await attacker.request(`$KV.${bucket}.stored`, await grant({}));
  relay.forgetRefusals();
  const reply = `lk.v1.access.${DOOR}.granted`;
  attacker.publish(`$JS.API.DIRECT.GET.KV_${bucket}.$KV.${bucket}.stored`, '', { reply });
  await relay.says(/stays shut: it is not signed by who may open/);
  expect(relay.clicks).toBe(before);
});

it('a relay may neither grant, nor hear another door, nor ask anything', async () => {
  const subjects = [
    `lk.v1.access.${DOOR}.granted`,
    `lk.v1.open.${DOOR}`,
    '$JS.API.STREAM.INFO.ACCESS',
    `lk.v1.request.${DOOR}.new-code`,
  ];
  const refused = await refusedPublishes(await bus.as(`relay-${DOOR}`), subjects);
  expect([...refused].toSorted()).toEqual(subjects.toSorted());
});
