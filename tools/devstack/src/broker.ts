import { type BrokerRun, runBroker } from './broker-run.js';
import { cacheFolder } from './cache-folder.js';
import { DevstackError } from './devstack-error.js';
import { findBroker } from './find-broker.js';

export interface BrokerOptions {
  /** Holds the store, the configuration and the server's log. Made if missing; never removed. */
  dataDir: string;
  /** Port for clients on 127.0.0.1. Any free one where it is left out. */
  port?: number;
  /** More text for the server's configuration file. */
  config?: string;
  /** A broker that someone else runs: it is used as it is, and nothing is started. */
  givenUrl?: string | undefined;
  /** Where a fetched server is kept; see cacheFolder(). */
  cacheDir?: string;
  /** Told when a server is fetched. */
  log?: (line: string) => void;
}

export interface Broker extends AsyncDisposable {
  /** For clients, such as `nats://127.0.0.1:41234`. Stays the same over restarts. */
  readonly url: string;
  /** The server's own HTTP monitoring; undefined for a given broker. Changes with a restart. */
  readonly monitorUrl: string | undefined;
  /** Ends it and keeps its store; SIGKILL as a power cut would. Resolves when it is gone. Throws for a given broker. */
  kill(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Brings it back on the same port and store, ending it first if it runs. Throws for a given broker. */
  restart(): Promise<void>;
  /** Ends it in good order. Does nothing the second time, nor to a given broker. */
  close(): Promise<void>;
}

function givenBroker(url: string): Broker {
  const refuse = () =>
    Promise.reject(new DevstackError('LK-DEV-004', `the broker at ${url} was not started here`));
  const close = () => Promise.resolve();
  return {
    url,
    monitorUrl: undefined,
    kill: refuse,
    restart: refuse,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * A NATS server with JetStream on 127.0.0.1 that ends with this process, however that ends.
 * Throws LK-DEV-001 (no way to a server; names them all) or LK-DEV-002 (it did not become ready).
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  if (options.givenUrl) return givenBroker(options.givenUrl);
  const { dataDir, config = '', cacheDir = cacheFolder() } = options;
  const kind = await findBroker(cacheDir, options.log ?? (() => undefined));
  let current: BrokerRun | undefined = await runBroker(kind, {
    dataDir,
    config,
    port: options.port,
  });
  let { monitorPort } = current;
  const { port } = current;
  const kill = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const ending = current;
    current = undefined;
    await ending?.end(signal);
  };
  const close = () => kill();
  return {
    url: `nats://127.0.0.1:${port}`,
    get monitorUrl() {
      return `http://127.0.0.1:${monitorPort}`;
    },
    kill,
    async restart() {
      await kill();
      current = await runBroker(kind, { dataDir, config, port });
      monitorPort = current.monitorPort;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
