import { authConfig } from '@latchkey/auth/config';
import { captureConfig } from '@latchkey/capture/config';
import { faceConfig } from '@latchkey/face/config';
import { gatewayConfig } from '@latchkey/gateway/config';
import { notifyConfig } from '@latchkey/notify/config';
import { qrConfig } from '@latchkey/qr/config';
import { registryConfig } from '@latchkey/registry/config';
import type { ConfigSchema } from '@latchkey/runtime/config';
import { firstAdminLinkFile } from './first-admin-link.js';

/** What the table needs to know of the rest of the stack. */
export interface StackFacts {
  dataDir: string;
  /** host:port on which the registry listens for gRPC. */
  registryUrl: string;
  gatewayPort: number;
  kioskPort: number;
  kioskTlsPort: number;
  /** Where browsers open a door's screen, on this machine and on others. */
  kioskPages: { here: string; elsewhere: string };
  /** The certificate that was made for kiosks; undefined where the settings name one. */
  kioskCertificate: { certFile: string; keyFile: string } | undefined;
  /** SMTP_URL and what goes with it. */
  mail: Record<string, string>;
  /** The catcher's inbox; undefined where mail goes to a real server. */
  inboxUrl: string | undefined;
}

export interface ServiceRow {
  /** Folder under services/. */
  name: ServiceName;
  /** What settings it takes, to be checked before anything is started. */
  config: ConfigSchema<unknown>;
  /** The setting that says how many of it run. Exactly one runs without it. */
  count?: 'LK_FACE_WORKERS' | 'LK_QR_WORKERS' | 'LK_AUTH_REPLICAS';
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
    config: registryConfig,
    stopsLast: true,
    env: ({ registryUrl, dataDir }) => ({
      LK_REGISTRY_URL: registryUrl,
      LK_STORE_URL: `file:${dataDir}/registry.db`,
    }),
  },
  {
    name: 'notify',
    config: notifyConfig,
    env: ({ registryUrl, mail }) => ({ LK_REGISTRY_URL: registryUrl, ...mail }),
  },
  {
    name: 'face',
    config: faceConfig,
    count: 'LK_FACE_WORKERS',
    env: () => ({}),
  },
  {
    name: 'qr',
    config: qrConfig,
    count: 'LK_QR_WORKERS',
    env: () => ({}),
  },
  {
    name: 'auth',
    config: authConfig,
    count: 'LK_AUTH_REPLICAS',
    env: ({ registryUrl }) => ({ LK_REGISTRY_URL: registryUrl }),
  },
  {
    name: 'capture',
    config: captureConfig,
    env: ({ kioskPort, kioskTlsPort, kioskCertificate: made }) => ({
      LK_KIOSK_PORT: String(kioskPort),
      LK_KIOSK_TLS_PORT: String(kioskTlsPort),
      ...(made ? { LK_TLS_CERT_FILE: made.certFile, LK_TLS_KEY_FILE: made.keyFile } : {}),
    }),
  },
  {
    name: 'gateway',
    config: gatewayConfig,
    env: ({ registryUrl, gatewayPort, kioskPages, inboxUrl, dataDir }) => ({
      LK_REGISTRY_URL: registryUrl,
      LK_GATEWAY_PORT: String(gatewayPort),
      LK_KIOSK_URL: kioskPages.elsewhere,
      LK_KIOSK_LOCAL_URL: kioskPages.here,
      LK_FIRST_ADMIN_LINK_FILE: firstAdminLinkFile(dataDir),
      ...(inboxUrl === undefined ? {} : { LK_INBOX_URL: inboxUrl }),
    }),
  },
];
