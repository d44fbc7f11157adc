import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const VERSION = '1.47.0';
const FETCH_MS = 240_000;
const START_MS = 30_000;

/** A server that speaks MongoDB's protocol, for tests. */
export interface MongoServer extends AsyncDisposable {
  /** What it is: a given server, or mongo-java-server. */
  readonly what: string;
  /** `mongodb://host:port`, without a database. */
  readonly url: string;
}

/**
 * A server from `MONGODB_URL`; else mongo-java-server from Maven Central, kept in a cache folder.
 * A genuine MongoDB in Docker is what the public CI gives by `MONGODB_URL`.
 * @throws Error that names every way, where none works
 */
export async function startMongoServer(env = process.env): Promise<MongoServer> {
  const given = env['MONGODB_URL'];
  if (given)
    return { what: 'MONGODB_URL', url: given, [Symbol.asyncDispose]: async () => undefined };
  try {
    return await startJavaServer(await fetchJavaServer(env));
  } catch (cause) {
    throw new Error(
      'No MongoDB for the tests. Set MONGODB_URL, or install Java 11 or newer and Maven (apt-get install maven).',
      { cause },
    );
  }
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
  return {
    what: `mongo-java-server ${VERSION}`,
    url,
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended.catch(() => undefined);
    },
  };
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
