import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PostOffice } from './post-office.fixture.js';

const program = fileURLToPath(new URL('../../../services/notify/dist/main.js', import.meta.url));

/** notify as a process of its own, as it runs in earnest. Disposing of it ends it at once, in the middle of its work. */
export function spawnNotify(
  office: PostOffice,
): AsyncDisposable & { readonly child: ChildProcess } {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...office.env(), LK_SUPERVISED: '1', LK_LOG_LEVEL: 'error' },
  });
  const gone = once(child, 'exit');
  return {
    child,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
