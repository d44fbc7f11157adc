import { type Bus, createLogger } from '@latchkey/runtime';
import { expect, it, vi } from 'vitest';
import { startRounds } from './rounds.js';

it('a round whose turn came while the broker was away is made when it is back', async () => {
  let asked = 0;
  let connected = false;
  const log = createLogger({ service: 'test', instance: 'test', level: 'silent' });
  const bus = {
    isConnected: () => {
      asked += 1;
      return connected;
    },
    onReconnect: () => undefined,
    log,
  };
  const work = vi.fn<() => Promise<void>>(() => Promise.resolve());
  // Only what rounds use of a bus.
  const rounds = startRounds(bus as unknown as Bus, [{ name: 'gallery', everyMs: 1, work }]);
  await vi.waitFor(() => expect(asked).toBeGreaterThan(2), 45_000);
  expect(work).not.toHaveBeenCalled();
  connected = true;
  await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThan(1), 45_000);
  await rounds[Symbol.asyncDispose]();
});
