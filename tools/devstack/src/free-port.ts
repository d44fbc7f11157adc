import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { DevstackError } from './devstack-error.js';

async function listenOn(port: number, host = '127.0.0.1'): Promise<Server> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function close(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
}

/**
 * Nobody else who asks here, in this process or another, is given this port until this process ends: its UDP twin, which our
 * programs have no use for, is held as the sign. Without it two that start at the same time pick the same port now and
 * then, and the later one does not come up.
 * @throws where somebody holds it already
 */
async function reserve(port: number): Promise<void> {
  const sign = createSocket('udp4').bind({ port, address: '127.0.0.1', exclusive: true });
  await once(sign, 'listening');
  sign.unref();
}

/** Any port is sought below those that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere). */
const anyFrom = 15_000;
const anyBelow = 32_000;
const tries = 50;

async function listen(wanted: number): Promise<Server> {
  const given = wanted === 0 ? undefined : await listenOn(wanted).catch(() => undefined);
  if (given) return given;
  for (let i = 0; i < tries; i++) {
    const port = randomInt(anyFrom, anyBelow);
    const server = await listenOn(port).catch(() => undefined);
    if (!server) continue;
    const isOurs = await reserve(port).then(
      () => true,
      () => false,
    );
    if (isOurs) return server;
    await close([server]);
  }
  throw new DevstackError('LK-DEV-003', 'no TCP port is free here');
}

/**
 * TCP ports on 127.0.0.1 that nobody listens on just now, all different: each wanted one if it is free, else any; 0 is
 * any. For programs that must be told their port; whoever does not ask here may still take it first.
 */
export async function freePorts(wanted: readonly number[]): Promise<number[]> {
  const servers: Server[] = [];
  for (const port of wanted) servers.push(await listen(port)); // one by one, so that wanted ones are not given away
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await close(servers);
  return ports;
}

/** One such port; see freePorts(). */
export async function freePort(wanted = 0): Promise<number> {
  const [port = 0] = await freePorts([wanted]);
  return port;
}

interface WantedPort {
  name: string;
  host: string;
  port: number;
}

/** Those of the ports that cannot be listened to, also because another of them is the same, each with the system's code. */
export async function takenPorts<Wanted extends WantedPort>(
  wanted: readonly Wanted[],
): Promise<(Wanted & { code: string })[]> {
  const servers: Server[] = [];
  const taken: (Wanted & { code: string })[] = [];
  for (const one of wanted) {
    try {
      servers.push(await listenOn(one.port, one.host));
    } catch (error) {
      taken.push({ ...one, code: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  }
  await close(servers);
  return taken;
}
