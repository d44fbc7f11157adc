import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const NAME = 'virtual:api-facts';
const reference = (file: string) =>
  fileURLToPath(new URL(`../../../docs/reference/${file}`, import.meta.url));

interface OpenApi {
  readonly paths: Record<string, Record<string, { readonly operationId?: string }>>;
}
interface AsyncApi {
  readonly components: { readonly messages: Record<string, { readonly name?: string }> };
}

/**
 * Gives the pages what they need of the generated references and no more: each route's method and path by its id, and the
 * types of the events that a live stream may tell. They are read at build time, so the pages cannot call what isn't there.
 */
export function apiFacts(): Plugin {
  return {
    name: 'api-facts',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      this.addWatchFile(reference('openapi.json'));
      this.addWatchFile(reference('asyncapi.json'));
      return `export const routes = ${JSON.stringify(routesOf())};\nexport const eventTypes = ${JSON.stringify(eventTypesOf())};\n`;
    },
  };
}

function routesOf(): Record<string, [method: string, path: string]> {
  const { paths } = JSON.parse(readFileSync(reference('openapi.json'), 'utf8')) as OpenApi;
  const routes: Record<string, [string, string]> = {};
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { operationId }] of Object.entries(methods)) {
      if (operationId) routes[operationId] = [method.toUpperCase(), path];
    }
  }
  return routes;
}

function eventTypesOf(): string[] {
  const text = readFileSync(reference('asyncapi.json'), 'utf8');
  const { components } = JSON.parse(text) as AsyncApi;
  const names = Object.values(components.messages).map(({ name }) => name ?? '');
  return names.filter((name) => /^lk\.v1\.(access|alarm|registry)\./.test(name));
}
