import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { DevstackError } from './devstack-error.js';

async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}

async function listen(wanted: number): Promise<Server> {
  const server = (await listenOn(wanted)) ?? (await listenOn(0));
  if (server === undefined) throw new DevstackError('LK-DEV-003', 'no TCP port is free here');
  return server;
}

/**
 * TCP ports on 127.0.0.1 that nobody listens on just now, all different: each wanted one if it is free, else any; 0 is
 * any. For programs that must be told their port; someone else may still take it first.
 */
export async function freePorts(wanted: readonly number[]): Promise<number[]> {
  const servers: Server[] = [];
  for (const port of wanted) servers.push(await listen(port)); // one by one, so that wanted ones are not given away
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** One such port; see freePorts(). */
export async function freePort(wanted = 0): Promise<number> {
  const [port = 0] = await freePorts([wanted]);
  return port;
}
