// Real here: the broker with its permissions. Each identity has it send words of its own where it may not publish, by every
// store of the campus; the list of stores and identities is that of the contracts.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GuardedBus, identities } from './bus-identities.fixture.js';
import { ForgedAddress } from './sent-on.fixture.js';

/** They keep something of their own on the broker: docs/THREATS.md says what follows from that. */
const TRUSTED = ['auth', 'registry', 'notify', 'gateway'];

let bus: GuardedBus;
let address: ForgedAddress;
beforeAll(async () => {
  bus = await GuardedBus.open();
  address = await ForgedAddress.listen(bus);
});
afterAll(() => bus[Symbol.asyncDispose]());

const [trusted, others] = [
  identities().filter(({ name }) => TRUSTED.includes(name)),
  identities().filter(({ name }) => !TRUSTED.includes(name)),
];

it.each(others)('$name has the broker send on nothing that it keeps anywhere', async (identity) => {
  const { name, rights } = identity;
  expect(await address.reachedByStores(name, rights, await bus.as(name))).toEqual([]);
});

it.each(others)('$name cannot answer itself where it may not publish', async (identity) => {
  const { name, rights } = identity;
  expect(await address.reachedByAnswers(name, rights, await bus.as(name))).toEqual([]);
});

it.each(trusted)('$name can, by what it both reads and writes', async ({ name, rights }) => {
  const reached = await address.reachedByStores(name, rights, await bus.as(name));
  expect(reached.length).toBeGreaterThan(0);
});
