import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrokerConfig, readBrokerConfig } from './broker-config.js';
import { type BrokerRun, runBroker } from './broker-run.js';
import { cacheFolder } from './cache-folder.js';
import { DevstackError } from './devstack-error.js';
import { findBroker } from './find-broker.js';
import { restartDelayMs } from './log-line.pure.js';

export interface BrokerOptions {
  /** Holds the store, the configuration and the server's log. Made if missing; never removed. */
  dataDir: string;
  /** Port for clients on 127.0.0.1. Any free one where it is left out. */
  port?: number;
  /** More text for the server's configuration file. */
  config?: string;
  /** The folder of the keys: it then hears those alone whom they name, by TLS. Without one, everybody and in clear. */
  keysDir?: string;
  /** A broker that someone else runs: it is used as it is, and nothing is started. */
  givenUrl?: string | undefined;
  /** Where a fetched server is kept; see cacheFolder(). */
  cacheDir?: string;
  /** Starts it again when it ends unasked. */
  revive?: boolean;
  /** Told when a server is fetched, or started again. */
  log?: (line: string) => void;
}

export interface Broker extends AsyncDisposable {
  /** For clients, such as `tls://127.0.0.1:41234`. Stays the same over restarts. */
  readonly url: string;
  /** The server's own HTTP monitoring; undefined for a given broker. Changes with a restart. */
  readonly monitorUrl: string | undefined;
  /** Ends it and keeps its store; SIGKILL as a power cut would. Resolves when it is gone. Throws for a given broker. */
  kill(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Brings it back on the same port and store, ending it first if it runs. Throws for a given broker. */
  restart(): Promise<void>;
  /** Has it read what the keys say now, without losing a connection; nothing, where that is as before. Throws for a given broker. */
  reload(): Promise<void>;
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
    reload: refuse,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** How a broker of our own is started, and told what it may. */
interface Launch {
  readonly scheme: 'tls' | 'nats';
  read(): Promise<BrokerConfig>;
  run(port: number | undefined, config: BrokerConfig): Promise<BrokerRun>;
  /** Told when it is started again; without it, a broker that ends stays ended. */
  readonly revived: ((line: string) => void) | undefined;
}

/** Where it listens for MQTT: the server cannot change that while it runs, and would take nothing else either. */
const mqttIn = ({ text }: BrokerConfig): string => /^mqtt \{.*?^\}$/ms.exec(text)?.[0] ?? '';

/** A broker of our own: one run after the other, on the same port and store. */
class OwnBroker implements Broker {
  private readonly launch: Launch;
  private readonly port: number;
  private run: BrokerRun | undefined;
  private monitorPort: number;
  private config: BrokerConfig;
  private isWanted = true;
  /** Ends when a broker that ended unasked is back, or no longer wanted; `pause` cuts short its waiting. */
  private revival = Promise.resolve();
  private pause = new AbortController();

  constructor(launch: Launch, config: BrokerConfig, first: BrokerRun) {
    this.launch = launch;
    this.config = config;
    this.port = first.port;
    this.monitorPort = first.monitorPort;
    this.adopt(first);
  }

  get url(): string {
    return `${this.launch.scheme}://127.0.0.1:${this.port}`;
  }

  get monitorUrl(): string {
    return `http://127.0.0.1:${this.monitorPort}`;
  }

  async kill(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.isWanted = false;
    const ending = this.run;
    this.run = undefined;
    this.pause.abort();
    await ending?.end(signal);
    await this.revival;
  }

  async restart(): Promise<void> {
    await this.kill();
    this.isWanted = true;
    const run = await this.start();
    if (this.isWanted) this.adopt(run);
    else await run.end('SIGTERM'); // it was closed meanwhile
  }

  async reload(): Promise<void> {
    const config = await this.launch.read();
    if (!this.isWanted || isDeepStrictEqual(config, this.config)) return;
    if (mqttIn(config) !== mqttIn(this.config)) return await this.listenElsewhere();
    this.config = config;
    await this.run?.reload(config);
  }

  /** A port that is taken is tried again at the next reload: until then there is no broker. */
  private async listenElsewhere(): Promise<void> {
    this.launch.revived?.('The broker is started anew, to listen for MQTT.');
    try {
      await this.restart();
    } catch (error) {
      this.launch.revived?.(String(error));
      throw error;
    }
  }

  close(): Promise<void> {
    return this.kill();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async start(): Promise<BrokerRun> {
    const config = await this.launch.read();
    const run = await this.launch.run(this.port, config);
    this.config = config;
    return run;
  }

  private adopt(run: BrokerRun): void {
    this.run = run;
    this.monitorPort = run.monitorPort;
    if (!this.launch.revived) return;
    this.pause = new AbortController();
    void this.reviveAfter(run);
  }

  private async reviveAfter(run: BrokerRun): Promise<void> {
    await run.over;
    this.revival = this.revive(run);
  }

  /** Brings back a broker that ended unasked; tries until it runs, or it is no longer wanted. */
  private async revive(ended: BrokerRun): Promise<void> {
    for (let tries = 1; this.run === ended; tries += 1) {
      const waitMs = restartDelayMs(tries);
      this.launch.revived?.(`The broker has ended; it is started again in ${waitMs} ms.`);
      await delay(waitMs, undefined, { signal: this.pause.signal }).catch(() => undefined);
      if (this.run !== ended) return;
      const next = await this.start().catch(() => undefined);
      if (next === undefined) continue;
      if (this.run === ended) this.adopt(next);
      else await next.end('SIGTERM');
    }
  }
}

/**
 * A NATS server with JetStream on 127.0.0.1 that ends with this process, however that ends.
 * Throws LK-DEV-001 (no way to a server; names them all) or LK-DEV-002 (it did not become ready).
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  if (options.givenUrl) return givenBroker(options.givenUrl);
  const {
    dataDir,
    config = '',
    keysDir,
    cacheDir = cacheFolder(),
    log = () => undefined,
  } = options;
  const kind = await findBroker(cacheDir, log);
  const launch: Launch = {
    scheme: keysDir === undefined ? 'nats' : 'tls',
    read: () => readBrokerConfig(config, keysDir),
    run: (port, read) => runBroker(kind, { dataDir, config: read, port }),
    revived: options.revive ? log : undefined,
  };
  const read = await launch.read();
  return new OwnBroker(launch, read, await launch.run(options.port, read));
}
