import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Broker, startBroker } from './broker.js';
import { lockDataFolder } from './data-lock.js';
import { firstAdminLink, firstAdminLinkFile } from './first-admin-link.js';
import { followKeys } from './follow-keys.js';
import { freePorts } from './free-port.js';
import { forgetOperatorToken, initKeys, initOperatorToken } from './keys.js';
import { kioskHost } from './kiosk-host.js';
import { type MailCatcher, startMailCatcher } from './mail-catcher.js';
import { machineNames, ownCertificate } from './own-certificate.js';
import { childSpecs } from './service-specs.js';
import type { ServiceName } from './services.table.js';
import type { StackConfig } from './stack.config.js';
import { checkSettings } from './stack-settings.js';
import { type Supervisor, supervise } from './supervise.js';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const readyTimeoutMs = 90_000;

export interface StackOptions {
  /** Holds everything that outlasts a restart: the broker's store, the registry's, keys, mails. */
  dataDir: string;
  /**
   * Settings for all services and for the stack itself: NATS_URL and SMTP_URL (use those instead of own ones),
   * LK_FACE_WORKERS and the like, LK_GATEWAY_PORT, LK_KIOSK_PORT, … They go before the stack's own choices.
   */
  env?: Record<string, string>;
  /** Ports to take if they are free; any others otherwise. */
  wantedPorts?: {
    gateway?: number;
    kiosk?: number;
    kioskTls?: number;
    inbox?: number;
    broker?: number;
    firstHealth?: number;
  };
  /** Only these services; all where it is left out. */
  services?: readonly ServiceName[];
  /** Takes the services' log lines, with their prefixes. */
  log?: (line: string) => void;
  coloured?: boolean;
  /** Gives up the start when it is aborted. */
  signal?: AbortSignal;
}

/** Where a browser opens a door's screen. */
export interface KioskPages {
  /** On this machine, `http://127.0.0.1:…/kiosk`: a browser gives the camera without TLS to nobody else. */
  here: string;
  /** On other devices, `https://…/kiosk`. */
  elsewhere: string;
}

export interface Stack extends AsyncDisposable {
  readonly broker: Broker;
  /** Undefined where SMTP_URL is given. */
  readonly mail: MailCatcher | undefined;
  readonly keysDir: string;
  /** Only at the first start on a data folder. */
  readonly operatorToken: string | undefined;
  readonly gatewayUrl: string;
  /** For kiosks that are programs: `ws://…`, without a path. */
  readonly kioskUrl: string;
  readonly kioskPages: KioskPages;
  /** host:port of the registry's gRPC. */
  readonly registryUrl: string;
  /** The one-time link that makes the first administrator; undefined once there is an operator. */
  firstAdminLink(): Promise<string | undefined>;
  readonly supervisor: Supervisor;
  /** Ends all in good order. Idempotent. */
  close(): Promise<void>;
}

async function choosePorts({ env = {}, wantedPorts = {} }: StackOptions, settings: StackConfig) {
  const { gateway = 0, kiosk = 0, kioskTls = 0, inbox = 0, broker = 0 } = wantedPorts;
  const free = await freePorts([gateway, kiosk, kioskTls, inbox, broker, 0]);
  const [gatewayPort = 0, kioskPort = 0, kioskTlsPort = 0] = free;
  const [inboxPort = 0, brokerPort = 0, registryPort = 0] = free.slice(3);
  return {
    // A port in the settings is taken at its word: whether it is free has been checked.
    gatewayPort: settings.LK_GATEWAY_PORT ?? gatewayPort,
    kioskPort: settings.LK_KIOSK_PORT ?? kioskPort,
    kioskTlsPort: settings.LK_KIOSK_TLS_PORT ?? kioskTlsPort,
    inboxPort,
    brokerPort,
    registryUrl: env.LK_REGISTRY_URL ?? `127.0.0.1:${registryPort}`,
  };
}

type Ports = Awaited<ReturnType<typeof choosePorts>>;

/** Where everything is, as browsers and programs on this machine and on others call it. */
function addressesOf(env: Record<string, string>, ports: Ports) {
  const { gatewayPort, kioskPort, kioskTlsPort } = ports;
  return {
    gatewayUrl: `${env.LK_TLS_CERT_FILE ? 'https' : 'http'}://127.0.0.1:${gatewayPort}`,
    kioskUrl: `ws://127.0.0.1:${kioskPort}`,
    kioskPages: {
      here: `http://127.0.0.1:${kioskPort}/kiosk`,
      elsewhere: `https://${kioskHost(env)}:${kioskTlsPort}/kiosk`,
    },
    registryUrl: ports.registryUrl,
  };
}

/**
 * Brings up a broker, keys, a mail catcher and the services, and resolves when all are ready. Whatever was started is
 * ended again when it throws: ConfigError (before anything is started), DevstackError, or the signal's reason.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { env = {}, log = () => undefined, signal } = options;
  const settings = await checkSettings(env, options.services);
  const dataDir = resolve(options.dataDir);
  log(`Latchkey is starting; its data lies in ${dataDir}`);
  await using started = new AsyncDisposableStack();
  started.defer(lockDataFolder(dataDir));
  const keysDir = env.LK_KEYS_DIR ?? join(dataDir, 'keys');
  await initKeys(keysDir);
  const operatorToken = await initOperatorToken(keysDir);
  await using onFailure = new AsyncDisposableStack();
  if (operatorToken !== undefined) onFailure.defer(() => forgetOperatorToken(keysDir));
  const ports = await choosePorts(options, settings);
  const addresses = addressesOf(env, ports);
  const broker = started.use(
    await startBroker({
      dataDir: join(dataDir, 'broker'),
      port: ports.brokerPort,
      keysDir,
      givenUrl: env.NATS_URL,
      revive: true,
      log,
    }),
  );
  if (!env.NATS_URL) started.use(followKeys(broker));
  signal?.throwIfAborted();
  const mail = env.SMTP_URL
    ? undefined
    : started.use(
        await startMailCatcher({ dataDir: join(dataDir, 'mail'), httpPort: ports.inboxPort }),
      );
  const kioskCertificate = env.LK_TLS_CERT_FILE
    ? undefined
    : await ownCertificate(join(dataDir, 'tls'), 'kiosk', machineNames());
  const specs = await childSpecs({
    checkout,
    only: options.services,
    counts: settings,
    firstHealthPort: options.wantedPorts?.firstHealth ?? 0,
    given: env,
    shared: { NATS_URL: broker.url, LK_KEYS_DIR: keysDir, LK_DATA_DIR: dataDir },
    facts: {
      ...ports,
      kioskPages: addresses.kioskPages,
      kioskCertificate,
      dataDir,
      mail: mail?.env() ?? {},
      inboxUrl: mail?.inboxUrl,
    },
  });
  const linkFile = env.LK_FIRST_ADMIN_LINK_FILE ?? firstAdminLinkFile(dataDir);
  // That of an earlier start is void.
  await rm(linkFile, { force: true });
  log(`Starting ${specs.length} programs…`);
  const supervisor = started.use(supervise(specs, { log, coloured: options.coloured ?? false }));
  await supervisor.ready(readyTimeoutMs, signal);
  onFailure.move();
  const everything = started.move();
  const close = () => everything.disposeAsync();
  return {
    broker,
    mail,
    keysDir,
    operatorToken,
    ...addresses,
    firstAdminLink: () => firstAdminLink(linkFile, { address: ports.registryUrl, keysDir }),
    supervisor,
    close,
    [Symbol.asyncDispose]: close,
  };
}
