import { isNewEnough, oldestBroker, release } from './broker-release.js';
import { DevstackError } from './devstack-error.js';
import { fetchedBroker } from './fetch-broker.js';
import { runCommand } from './run-command.js';

const askTimeoutMs = 3_000;
const pullTimeoutMs = 120_000;

/** What runs a broker here: a program, or a Docker image where only a Docker daemon is at hand. */
export type BrokerKind = { kind: 'program'; path: string } | { kind: 'docker'; image: string };

async function installed(faults: string[]): Promise<BrokerKind | undefined> {
  const { code, output } = await runCommand('nats-server', ['--version'], askTimeoutMs);
  if (code === 0 && isNewEnough(output)) return { kind: 'program', path: 'nats-server' };
  const found = code === 0 ? output.trim() : 'there is none';
  faults.push(`nats-server ≥ ${oldestBroker.join('.')} on the PATH: ${found}`);
  return undefined;
}

async function docker(faults: string[]): Promise<BrokerKind | undefined> {
  const { image } = release;
  const daemon = ['version', '--format', '{{.Server.Version}}'];
  if ((await runCommand('docker', daemon, askTimeoutMs)).code !== 0) {
    faults.push('Docker: no daemon answers');
    return undefined;
  }
  const here = (await runCommand('docker', ['image', 'inspect', image], askTimeoutMs)).code === 0;
  if (here || (await runCommand('docker', ['pull', '-q', image], pullTimeoutMs)).code === 0) {
    return { kind: 'docker', image };
  }
  faults.push(`Docker: the image ${image} cannot be pulled`);
  return undefined;
}

/**
 * Finds a way to run a broker: `nats-server` on the PATH, else Docker, else one fetched into the cache folder.
 * Throws one Error that names every way and what stood in it.
 */
export async function findBroker(cache: string, log: (line: string) => void): Promise<BrokerKind> {
  const faults: string[] = ['NATS_URL: not set'];
  const found = (await installed(faults)) ?? (await docker(faults));
  if (found !== undefined) return found;
  const path = await fetchedBroker(cache, faults, log);
  if (path !== undefined) return { kind: 'program', path };
  throw new DevstackError(
    'LK-DEV-001',
    `Latchkey needs a NATS server, and every way to one failed. Put any one of them right:\n${faults
      .map((fault) => `  - ${fault}`)
      .join('\n')}`,
  );
}
