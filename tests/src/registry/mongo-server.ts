import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { MongoDBContainer } from '@testcontainers/mongodb';
import { getContainerRuntimeClient } from 'testcontainers';

const IMAGE = 'mongo:8.0';
const VERSION = '1.47.0';
const FETCH_MS = 240_000;
const START_MS = 30_000;

/** A server that speaks MongoDB's protocol, for tests. */
export interface MongoServer extends AsyncDisposable {
  /** What it is: a given server, MongoDB itself, or mongo-java-server. */
  readonly what: string;
  /** Its address with a database of one's own in it. */
  databaseUrl(): string;
}

/**
 * A server from `MONGODB_URL`; else MongoDB in Docker, as a replica set, where a daemon answers; else mongo-java-server
 * from Maven Central, kept in a cache folder.
 * @throws Error that names every way, where none works
 */
export async function startMongoServer(env = process.env): Promise<MongoServer> {
  const given = env['MONGODB_URL'];
  if (given) return serverAt('MONGODB_URL', given, async () => undefined);
  if (await isDockerThere()) return startContainer();
  try {
    return await startJavaServer(await fetchJavaServer(env));
  } catch (cause) {
    throw new Error(
      'No MongoDB for the tests. Set MONGODB_URL, start Docker, or install Java 11 or newer and Maven (apt-get install maven).',
      { cause },
    );
  }
}

/** A docker client may be there with no daemon. */
async function isDockerThere(): Promise<boolean> {
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

async function startContainer(): Promise<MongoServer> {
  const container = await new MongoDBContainer(IMAGE).start();
  // The set's only member calls itself by a name that only its container knows.
  const url = `${container.getConnectionString()}/?directConnection=true`;
  return serverAt(IMAGE, url, async () => void (await container.stop()));
}

async function fetchJavaServer(env: NodeJS.ProcessEnv): Promise<string> {
  const cache =
    env['LATCHKEY_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'latchkey');
  const target = join(cache, `mongo-java-server-${VERSION}`);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'fetching-'));
  await writeFile(join(folder, 'pom.xml'), pom);
  await writeFile(join(folder, 'Main.java'), main);
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'];
  await promisify(execFile)('mvn', goal, { cwd: folder, timeout: FETCH_MS });
  // Whole or not at all; whoever else was as fast has put the same there.
  await rename(folder, target).catch(() => rm(folder, { recursive: true, force: true }));
  return target;
}

/** It says its address, and ends when its standard input ends: with this process, however that ends. */
async function startJavaServer(folder: string): Promise<MongoServer> {
  const child = spawn('java', ['-Xmx256m', '-cp', 'lib/*', 'Main.java'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`java ended with ${code}`)));
  });
  ended.catch(() => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const lines = createInterface({ input: child.stdout });
  const said = new Promise<string>((resolve) => lines.once('line', resolve));
  const url = await Promise.race([said, ended]).finally(() => clearTimeout(timer));
  return serverAt(`mongo-java-server ${VERSION}`, url, async () => {
    child.stdin.end();
    await ended.catch(() => undefined);
  });
}

function serverAt(what: string, url: string, stop: () => Promise<void>): MongoServer {
  // No URL: an address of several hosts, as of a replica set, is none to the URL class.
  const [, hosts = url, options = ''] = /^([^?]*\/\/[^/?]+)\/?[^?]*(\?.*)?$/.exec(url) ?? [];
  const databaseUrl = () => `${hosts}/latchkey-${randomUUID()}${options}`;
  return { what, databaseUrl, [Symbol.asyncDispose]: stop };
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId><artifactId>mongo-for-tests</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>de.bwaldvogel</groupId><artifactId>mongo-java-server</artifactId><version>${VERSION}</version>
  </dependency></dependencies>
</project>
`;

/** MongoDB 5.0 with the wire version 13, which is the least that driver 7 speaks to. */
const main = `import de.bwaldvogel.mongo.*;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

public class Main {
  public static void main(String[] args) throws Exception {
    MemoryBackend backend = new MemoryBackend();
    backend.version(new MongoVersion() {
      public List<Integer> getVersionArray() { return List.of(5, 0, 0); }
      public int getWireVersion() { return 13; }
    });
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", 0);
    System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
    while (System.in.read() >= 0) {}
    server.shutdownNow();
    System.exit(0);
  }
}
`;
