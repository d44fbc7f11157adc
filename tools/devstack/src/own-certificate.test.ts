// Real here: files, certificates, a TLS server and its client.
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineNames, ownCertificate } from './own-certificate.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latchkey-tls-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('who trusts it reaches this machine by any of its names; its key is for its owner only', async () => {
  const names = machineNames();
  const { key, cert, keyFile } = await ownCertificate(join(dir, 'tls'), 'kiosk', names);
  expect((await stat(keyFile)).mode & 0o077).toBe(0);
  const server = createServer({ key, cert }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (const servername of ['localhost', ...names.filter((name) => /^[a-z]/i.test(name))]) {
    const socket = connect({ port, host: '127.0.0.1', ca: cert, servername });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
  }
  const certificate = new X509Certificate(cert);
  for (const address of names.filter((name) => /^\d/.test(name))) {
    expect(certificate.checkIP(address)).toBe(address);
  }
  server.close();
});

test('it stays as it is from start to start, and is made anew when a name is missing from it', async () => {
  const first = await ownCertificate(dir, 'kiosk', ['localhost', '127.0.0.1']);
  expect(await ownCertificate(dir, 'kiosk', ['localhost', '127.0.0.1'])).toEqual(first);
  const moved = await ownCertificate(dir, 'kiosk', ['localhost', '127.0.0.1', '192.0.2.7']);
  expect(moved.cert).not.toBe(first.cert);
});
