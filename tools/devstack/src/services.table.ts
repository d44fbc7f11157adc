/** What the table needs to know of the rest of the stack. */
export interface StackFacts {
  dataDir: string;
  /** host:port on which the registry listens for gRPC. */
  registryUrl: string;
  gatewayPort: number;
  kioskPort: number;
  /** SMTP_URL and what goes with it. */
  mail: Record<string, string>;
  /** The catcher's inbox; undefined where mail goes to a real server. */
  inboxUrl: string | undefined;
}

export interface ServiceRow {
  /** Folder under services/. */
  name: ServiceName;
  /** The setting that says how many of it run, and the number where it is not set. Exactly one runs without it. */
  count?: { setting: string; usually: number };
  /** Its own settings. What every service gets (NATS_URL, LK_KEYS_DIR, …) is in stack.ts. */
  env(facts: StackFacts): Record<string, string>;
  /** Others call it, so it ends after them. */
  stopsLast?: boolean;
}

export type ServiceName = 'registry' | 'notify' | 'face' | 'qr' | 'auth' | 'capture' | 'gateway';

/** Every service that the dev stack runs, in the order in which they are started. */
export const services: ServiceRow[] = [
  {
    name: 'registry',
    stopsLast: true,
    env: ({ registryUrl, dataDir }) => ({
      LK_REGISTRY_URL: registryUrl,
      LK_STORE_URL: `file:${dataDir}/registry.db`,
    }),
  },
  {
    name: 'notify',
    env: ({ registryUrl, mail }) => ({ LK_REGISTRY_URL: registryUrl, ...mail }),
  },
  {
    name: 'face',
    count: { setting: 'LK_FACE_WORKERS', usually: 2 },
    env: () => ({}),
  },
  {
    name: 'qr',
    count: { setting: 'LK_QR_WORKERS', usually: 1 },
    env: () => ({}),
  },
  {
    name: 'auth',
    count: { setting: 'LK_AUTH_REPLICAS', usually: 2 },
    env: ({ registryUrl }) => ({ LK_REGISTRY_URL: registryUrl }),
  },
  {
    name: 'capture',
    env: ({ kioskPort }) => ({ LK_KIOSK_PORT: String(kioskPort) }),
  },
  {
    name: 'gateway',
    env: ({ registryUrl, gatewayPort, inboxUrl }) => ({
      LK_REGISTRY_URL: registryUrl,
      LK_GATEWAY_PORT: String(gatewayPort),
      ...(inboxUrl === undefined ? {} : { LK_INBOX_URL: inboxUrl }),
    }),
  },
];
