import { createServer } from 'node:net';

function listens(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/**
 * A TCP port on 127.0.0.1 that nobody listens on just now: the wanted one if it is free, else any.
 * For programs that cannot choose one by themselves; someone else may still take it first.
 */
export async function freePort(wanted = 0): Promise<number> {
  const port = (await listens(wanted)) ?? (await listens(0));
  if (port === undefined) throw new Error('LK-DEV-003: no TCP port is free on 127.0.0.1');
  return port;
}
