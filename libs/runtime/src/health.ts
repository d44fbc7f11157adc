import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';

/** A check's answer: `true`, or why it is not ready. */
export type HealthCheck = () => true | string | Promise<true | string>;

/** Health over HTTP. */
export interface Health {
  readonly url: string;
  /** Adds a check; it must be `true` for the service to be ready. */
  addCheck(name: string, check: HealthCheck): void;
  /** Says for what a predecessor of a rotated key is still needed, or null; asked by who would retire it. */
  addNeed(key: string, why: () => string | null): void;
  needs(): { key: string; why: string }[];
  /** Tells of what works but is set so that it is not safe: in words, with what to do. */
  addWarning(words: string): void;
  warnings(): readonly string[];
  /** Each check's answer. */
  readiness(): Promise<{ ready: boolean; checks: Record<string, true | string> }>;
  close(): Promise<void>;
}

/** Where health is served; port 0: any free one. */
export interface HealthFacts {
  readonly host: string;
  readonly port: number;
  readonly service: string;
  readonly metrics: Metrics;
}

const CHECK_MS = 2_000;

/** Serves `/livez`, `/readyz` (each named check, as JSON) and `/metrics`. Live means: the process answers. */
export async function startHealth(facts: HealthFacts): Promise<Health> {
  const checks = new Map<string, HealthCheck>();
  const needs = new Map<string, () => string | null>();
  const warnings: string[] = [];
  const readiness = async () => {
    const answers = await Promise.all(
      [...checks].map(async ([name, check]) => [name, await ask(check)] as const),
    );
    return {
      ready: answers.every(([, answer]) => answer === true),
      checks: Object.fromEntries(answers),
    };
  };
  const server = createServer((request, response) => {
    route(request, response, facts, readiness).catch((error: unknown) => {
      send(response, 500, { error: error instanceof Error ? error.message : 'fault' });
    });
  });
  await listen(server, facts);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${facts.host}:${port}`,
    addCheck: (name, check) => checks.set(name, check),
    addNeed: (key, why) => needs.set(key, why),
    needs: () =>
      [...needs].flatMap(([key, ask]) => {
        const why = ask();
        return why === null ? [] : [{ key, why }];
      }),
    addWarning: (words) => void warnings.push(words),
    warnings: () => warnings,
    readiness,
    close: () => closeServer(server),
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  { service, metrics }: HealthFacts,
  readiness: Health['readiness'],
): Promise<void> {
  const path = request.url?.split('?')[0];
  if (path === '/livez') send(response, 200, { service, live: true });
  else if (path === '/readyz') {
    const answer = await readiness();
    send(response, answer.ready ? 200 : 503, { service, ...answer });
  } else if (path === '/metrics') {
    response.writeHead(200, { 'content-type': metrics.registry.contentType });
    response.end(await metrics.registry.metrics());
  } else send(response, 404, { error: 'there are /livez, /readyz and /metrics' });
}

async function ask(check: HealthCheck): Promise<true | string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_MS} ms`), CHECK_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check()), tooLate]);
  } catch (error) {
    return error instanceof Error ? error.message : 'the check failed';
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function listen(server: Server, { host, port }: HealthFacts): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
