import { objectStores } from '@latchkey/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Threshold } from '../auth/threshold.fixture.js';

// Real here: broker with a store that takes no more, gRPC, two auth replicas. The test plays face and kiosk.

let here: Threshold;
beforeEach(async () => {
  here = await Threshold.open(2);
});
afterEach(() => here[Symbol.asyncDispose]());

const ROOM_BYTES = 20_000;
const STORE = `OBJ_${objectStores.evidence.name}`;

async function deny(door: string, bytes: number): Promise<Record<string, unknown>> {
  await here.setDoor(door);
  await (await here.snapshots()).put(`${door}.photo`, new Uint8Array(bytes).fill(7));
  const facts = { snapshot: `${door}.photo` };
  await here.standsUntil(door, [], ({ phase }) => phase === 'denied', facts);
  return (await here.tells(door, '.denied')).data;
}

it('where photographs find no room, strangers are denied all the same, without one, until there is room again', async () => {
  await here.bus.jsm.streams.update(STORE, { max_bytes: ROOM_BYTES });
  expect(await deny('small', 1_000)).toMatchObject({
    reason: 'unknown',
    evidence: expect.any(String),
  });
  expect(await deny('full', 100_000)).toMatchObject({ reason: 'unknown', evidence: null });
  // What was begun of it is gone, too: it must not take the room of those that fit.
  expect(await deny('small-again', 1_000)).toMatchObject({ evidence: expect.any(String) });
  await here.bus.jsm.streams.update(STORE, { max_bytes: -1 });
  const after = await deny('room-again', 100_000);
  expect(after).toMatchObject({ reason: 'unknown', evidence: expect.any(String) });
  expect(await (await here.evidence()).get(String(after['evidence']))).toHaveLength(100_000);
});
