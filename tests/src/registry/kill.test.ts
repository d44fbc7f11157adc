import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@latchkey/devstack';
import { expect, it } from 'vitest';
import { Neighbour } from './neighbour.js';
import { PostBox } from './post-box.js';
import { connectAsAdmin } from '../as-admin.fixture.js';

// Real: the registry as its own process, killed by SIGKILL; the broker, the store (SQLite), gRPC.
it('loses no code where the registry is killed right after each use, and sends none twice', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-kill-'));
  await using stack = await startStack({ dataDir, services: ['registry', 'auth'] });
  const bus = await connectAsAdmin(stack.broker.url, stack.keysDir);
  const post = await PostBox.open(bus, stack.keysDir);
  const neighbour = new Neighbour(stack.registryUrl, stack.keysDir);
  const process = () => stack.supervisor.children()[0]?.name ?? '';
  await neighbour.enrol('s1', 1);
  const uses = 5;
  for (let n = 1; n <= uses; n += 1) {
    const code = await post.newestCode('s1', n);
    expect(await neighbour.showCode(code, ['s1'])).toMatchObject({ outcome: 'granted' });
    await stack.supervisor.kill(process(), 'SIGKILL');
    await stack.supervisor.ready(60_000);
  }
  await post.newestCode('s1', uses + 1);
  expect(await post.codesOf('s1')).toHaveLength(uses + 1);
  neighbour.close();
  await bus.close();
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});
