import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { once } from 'node:events';

const PAYLOAD = Buffer.alloc(400, 1);

/** The median-ready times of so many questions of 400 bytes and their answers, on one line, in milliseconds; with or without mutual TLS. */
export async function echoTimes(
  rounds: number,
  keysDir: string | undefined,
): Promise<readonly number[]> {
  const server = keysDir === undefined ? createServer() : await tlsServer(keysDir);
  server.on(keysDir === undefined ? 'connection' : 'secureConnection', (line: Socket) => {
    line.setNoDelay().pipe(line);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const line = keysDir === undefined ? connect(port, '127.0.0.1') : await tlsLine(keysDir, port);
  line.setNoDelay();
  try {
    const times: number[] = [];
    for (let n = 0; n < rounds; n += 1) times.push(await askOnce(line));
    return times;
  } finally {
    line.destroy();
    server.close();
  }
}

async function askOnce(line: Socket): Promise<number> {
  const begunMs = performance.now();
  line.write(PAYLOAD);
  for (let got = 0; got < PAYLOAD.length; ) {
    const [chunk] = (await once(line, 'data')) as [Buffer];
    got += chunk.length;
  }
  return performance.now() - begunMs;
}

async function pem(keysDir: string, who: string) {
  const read = (name: string) => readFile(join(keysDir, name));
  const [cert, key, ca] = await Promise.all([
    read(`grpc-${who}.cert.pem`),
    read(`grpc-${who}.key.pem`),
    read('grpc-ca.pem'),
  ]);
  return { cert, key, ca };
}

async function tlsServer(keysDir: string): Promise<Server> {
  return createTlsServer({ ...(await pem(keysDir, 'registry')), requestCert: true });
}

async function tlsLine(keysDir: string, port: number): Promise<Socket> {
  const checkServerIdentity = () => undefined;
  const own = await pem(keysDir, 'auth');
  const line = connectTls({ ...own, port, host: '127.0.0.1', checkServerIdentity });
  await once(line, 'secureConnect');
  return line;
}
