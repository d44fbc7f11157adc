import { type ChildProcess, type StdioOptions, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerConfig } from './broker-config.js';
import { DevstackError } from './devstack-error.js';
import type { BrokerKind } from './find-broker.js';
import { freePort } from './free-port.js';
import { endProcess, gone, spawnWatched } from './watched-process.js';

const readyTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

/** One life of a broker process, from start to end. */
export interface BrokerRun {
  port: number;
  monitorPort: number;
  /** Resolves when it is gone, for whatever reason. */
  over: Promise<void>;
  /** Has it read its configuration anew. */
  reload(config: BrokerConfig): Promise<void>;
  /** Resolves when it is gone. SIGTERM lets it put its store in order first. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface BrokerRunOptions {
  dataDir: string;
  /** The port for clients; any free one where it is left out. */
  port: number | undefined;
  config: BrokerConfig;
}

interface Ports {
  nats: string[];
  monitoring: string[];
}

function configuration(store: string, host: string, ports: [number, number], more: string): string {
  const [client, monitor] = ports;
  return [
    'server_name: latchkey',
    `listen: "${host}:${client}"`,
    `http: "${host}:${monitor}"`,
    `jetstream { store_dir: ${JSON.stringify(store)} }`,
    more,
    '',
  ].join('\n');
}

/** Writes what the server reads: it looks for its certificate where it is started, which is its data folder. */
async function configure(
  { dataDir, config }: { readonly dataDir: string; readonly config: BrokerConfig },
  seen: { readonly store: string; readonly host: string; readonly ports: [number, number] },
): Promise<void> {
  const text = configuration(seen.store, seen.host, seen.ports, config.text);
  const files = Object.entries({ ...config.files, 'nats.conf': text });
  for (const [name, content] of files) {
    await writeFile(join(dataDir, name), content, { mode: 0o600 });
  }
}

/** Polls until `look` gives a value; throws with the log's end when the process has gone, or time is up. */
async function until<T>(
  child: ChildProcess,
  logFile: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + readyTimeoutMs;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const value = await look().catch(() => undefined);
    if (value !== undefined) return value;
    await delay(15);
  }
  const log = await readFile(logFile, 'utf8').catch(() => '');
  throw new DevstackError(
    'LK-DEV-002',
    `the broker did not become ready. It wrote:\n${log.trim().split('\n').slice(-8).join('\n')}`,
  );
}

async function isHealthy(monitorPort: number): Promise<true | undefined> {
  const response = await fetch(`http://127.0.0.1:${monitorPort}/healthz`);
  return response.ok ? true : undefined;
}

function portOf(url: string | undefined): number {
  return Number(new URL(url ?? '').port);
}

async function logTo(file: string): Promise<{ stdio: StdioOptions; close(): Promise<void> }> {
  const handle = await open(file, 'w', 0o600);
  return { stdio: ['ignore', handle.fd, handle.fd], close: () => handle.close() };
}

async function runProgram(path: string, options: BrokerRunOptions): Promise<BrokerRun> {
  const folder = resolve(options.dataDir);
  const logFile = join(folder, 'nats.log');
  const ports: [number, number] = [options.port ?? -1, -1];
  const seen = { store: folder, host: '127.0.0.1', ports };
  await configure({ dataDir: folder, config: options.config }, seen);
  const log = await logTo(logFile);
  const args = ['-c', join(folder, 'nats.conf'), '--ports_file_dir', folder];
  const child = spawnWatched(path, args, { stdio: log.stdio, cwd: folder });
  child.on('error', () => undefined); // `until` reports it, with the log
  await log.close();
  const portsFile = join(folder, `nats-server_${child.pid}.ports`);
  const removePorts = () => rm(portsFile, { force: true });
  try {
    const { nats, monitoring } = await until(
      child,
      logFile,
      async () => JSON.parse(await readFile(portsFile, 'utf8')) as Ports,
    );
    const [port, monitorPort] = [portOf(nats[0]), portOf(monitoring[0])];
    await until(child, logFile, () => isHealthy(monitorPort));
    const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
      if (signal === 'SIGKILL') child.kill('SIGKILL');
      await (signal === 'SIGKILL' ? gone(child) : endProcess(child, stopTimeoutMs));
      await removePorts(); // a killed server leaves it behind
    };
    const reload = async (config: BrokerConfig) => {
      await configure({ dataDir: folder, config }, seen);
      child.kill('SIGHUP');
    };
    return { port, monitorPort, reload, end, over: gone(child) };
  } catch (error) {
    await endProcess(child, stopTimeoutMs);
    await removePorts();
    throw error;
  }
}

async function runContainer(image: string, options: BrokerRunOptions): Promise<BrokerRun> {
  const folder = resolve(options.dataDir);
  const logFile = join(folder, 'nats.log');
  const ports: [number, number] = [4222, 8222];
  const seen = { store: '/latchkey', host: '0.0.0.0', ports };
  await configure({ dataDir: folder, config: options.config }, seen);
  const [port, monitorPort] = [options.port ?? (await freePort()), await freePort()];
  const name = `latchkey-${randomUUID()}`;
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const publish = ['-p', `127.0.0.1:${port}:4222`, '-p', `127.0.0.1:${monitorPort}:8222`];
  const mount = ['-v', `${folder}:/latchkey`, '-w', '/latchkey'];
  const run = ['run', '--rm', '--name', name, '--user', user, ...publish, ...mount, image];
  const log = await logTo(logFile);
  // The client passes SIGTERM on to the container, so the watchdog's reach goes as far as there.
  const child = spawnWatched('docker', [...run, '-c', '/latchkey/nats.conf'], { stdio: log.stdio });
  child.on('error', () => undefined);
  await log.close();
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (signal === 'SIGKILL') spawnSync('docker', ['kill', name], { stdio: 'ignore' });
    await endProcess(child, stopTimeoutMs);
  };
  try {
    await until(child, logFile, () => isHealthy(monitorPort));
    const reload = async (config: BrokerConfig) => {
      await configure({ dataDir: folder, config }, seen);
      spawnSync('docker', ['kill', '--signal', 'HUP', name], { stdio: 'ignore' });
    };
    return { port, monitorPort, reload, end, over: gone(child) };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

/** Starts a broker on its data folder; resolves when clients can use JetStream, else throws LK-DEV-002 with its last words. */
export async function runBroker(kind: BrokerKind, options: BrokerRunOptions): Promise<BrokerRun> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  return kind.kind === 'program'
    ? runProgram(kind.path, options)
    : runContainer(kind.image, options);
}
