import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, initKeys, startBroker } from '@latchkey/devstack';
import { face } from '@latchkey/face';
import { gateway } from '@latchkey/gateway';
import { REGISTRY, type Registry, registry } from '@latchkey/registry';
import { BUS, createLogger, type Service, type ServiceOverrides } from '@latchkey/runtime';
import { initOperatorToken } from '@latchkey/devstack';

const quiet = createLogger({
  service: 'test',
  instance: 'test',
  level: process.env['LK_LOG_LEVEL'] ?? 'silent',
});

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

/** The gateway before a real broker, a real registry with its store and, where asked for, the real face service. */
export class FrontDesk implements AsyncDisposable {
  readonly folder: string;
  readonly keysDir: string;
  readonly broker: Broker;
  readonly registry: Service;
  readonly gateway: Service;
  readonly token: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    facts: Pick<
      FrontDesk,
      'folder' | 'keysDir' | 'broker' | 'registry' | 'gateway' | 'token' | 'settings'
    >,
    opened: AsyncDisposableStack,
  ) {
    this.folder = facts.folder;
    this.keysDir = facts.keysDir;
    this.broker = facts.broker;
    this.registry = facts.registry;
    this.gateway = facts.gateway;
    this.token = facts.token;
    this.settings = facts.settings;
    this.#opened = opened;
  }

  static async open(
    options: {
      readonly face?: boolean;
      readonly overrides?: ServiceOverrides;
      readonly env?: Readonly<Record<string, string>>;
      readonly registryEnv?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<FrontDesk> {
    await using opened = new AsyncDisposableStack(); // what was opened goes again where the rest fails
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-gateway-'));
    opened.defer(() => rm(folder, { recursive: true, force: true }));
    const keysDir = join(folder, 'keys');
    await initKeys(keysDir);
    const token = (await initOperatorToken(keysDir)) ?? '';
    const broker = opened.use(await startBroker({ dataDir: join(folder, 'nats') }));
    const env = { NATS_URL: broker.url, LK_KEYS_DIR: keysDir, LK_DATA_DIR: folder };
    const quietly = { logger: quiet };
    const people = opened.use(
      await registry.create(
        registry.readConfig({ ...env, ...options.registryEnv, LK_REGISTRY_URL: '127.0.0.1:0' }),
        quietly,
      ),
    );
    if (options.face) {
      const worker = opened.use(await face.create(face.readConfig(env), quietly));
      await worker.ready();
    }
    const { port } = people.get<Registry>(REGISTRY).grpc;
    const settings = {
      ...env,
      LK_GATEWAY_PORT: '0',
      LK_REGISTRY_URL: `127.0.0.1:${port}`,
      LK_FIRST_ADMIN_LINK_FILE: join(folder, 'first-admin.link'),
      ...options.env,
    };
    const desk = opened.use(
      await gateway.create(gateway.readConfig(settings), { ...quietly, ...options.overrides }),
    );
    // Before, it says of what happened that it does not know all of it yet.
    await desk.ready();
    return new FrontDesk(
      { folder, keysDir, broker, registry: people, gateway: desk, token, settings },
      opened.move(),
    );
  }

  /** Another gateway beside this one, under a name and with a folder of its own; `aheadMs`: as if it were so much later. */
  async another(
    name: string,
    more: Readonly<Record<string, string>> = {},
    aheadMs = 0,
  ): Promise<Service> {
    const settings = {
      ...this.settings,
      LK_INSTANCE: name,
      LK_DATA_DIR: join(this.folder, name),
      LK_FIRST_ADMIN_LINK_FILE: join(this.folder, `${name}.link`),
      ...more,
    };
    const { bus } = this.gateway;
    const later = { provide: BUS, useValue: { ...bus, nowMs: () => bus.nowMs() + aheadMs } };
    const providers = aheadMs > 0 ? [later] : [];
    const desk = await gateway.create(gateway.readConfig(settings), { logger: quiet, providers });
    await desk.ready();
    return desk;
  }

  /** One request as the operator. */
  async ask(
    method: string,
    path: string,
    body?: object | Uint8Array | FormData,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const isRaw = body instanceof Uint8Array || body instanceof FormData;
    const response = await this.fetch(path, {
      method,
      headers,
      ...(body === undefined
        ? {}
        : { body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, json };
  }

  /** The bare answer, as the operator where the headers say nothing else. */
  async fetch(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, ...init.headers };
    return await fetch(`${this.gateway.httpUrl}/api/v1${path}`, {
      ...init,
      headers,
      signal: init.signal ?? AbortSignal.timeout(60_000),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }
}
