import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CaptureConfig } from './capture.config.js';
import { type Doorway, KIOSK_PATH } from './doorway.js';

const PING_MS = 15_000;
/** A page or a pairing is small: whoever is slower than this only holds a place. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Who answers what comes in. */
export interface KioskServerFacts {
  readonly config: CaptureConfig;
  readonly doorway: Doorway;
  readonly answer: RequestListener;
}

/** The servers of the kiosks: one without TLS, and one with it where there is a certificate. */
export interface KioskServer {
  /** `ws://host:port/kiosk`; `http://` instead leads to the page. */
  readonly url: string;
  /** `wss://host:port/kiosk`, or undefined where no certificate is set. */
  readonly tlsUrl: string | undefined;
  close(): Promise<void>;
}

/** Listens for kiosks and browsers that ask for the page: without TLS, and with it where a certificate is set. */
export async function listenForKiosks(facts: KioskServerFacts): Promise<KioskServer> {
  const { config, doorway } = facts;
  const plain = prepared(createServer(), facts);
  const tls = tlsOf(config);
  const secure = tls && prepared(createTlsServer(tls), facts);
  await listen(plain, config.LK_KIOSK_PORT, config.LK_KIOSK_HOST);
  if (secure) {
    await listen(secure, config.LK_KIOSK_TLS_PORT, config.LK_KIOSK_TLS_HOST).catch(
      async (error: unknown) => {
        await closed(plain);
        throw error;
      },
    );
  }
  const pinging = setInterval(() => doorway.pingAll(), PING_MS);
  return {
    url: urlOf('ws', plain, config.LK_KIOSK_HOST),
    tlsUrl: secure && urlOf('wss', secure, config.LK_KIOSK_TLS_HOST),
    close: async () => {
      clearInterval(pinging);
      doorway.closeAll();
      await Promise.all([closed(plain), secure && closed(secure)]);
    },
  };
}

function prepared<S extends Server>(server: S, { doorway, answer }: KioskServerFacts): S {
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = REQUEST_TIMEOUT_MS;
  server.on('request', answer);
  server.on('upgrade', (request, socket, head) => doorway.upgrade(request, socket, head));
  return server;
}

function tlsOf({ LK_TLS_CERT_FILE, LK_TLS_KEY_FILE }: CaptureConfig) {
  if (!LK_TLS_CERT_FILE || !LK_TLS_KEY_FILE) return undefined;
  return {
    cert: readFileSync(LK_TLS_CERT_FILE),
    key: readFileSync(LK_TLS_KEY_FILE),
    minVersion: 'TLSv1.2',
  } as const;
}

function urlOf(scheme: string, server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `${scheme}://${host}:${port}${KIOSK_PATH}`;
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await ended;
}
