import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

// Real: the lockfile, the workspace's settings, and the packages as they are installed here.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const scripts = ['preinstall', 'install', 'postinstall'] as const;

it('no package runs a script when it is installed: each that has one is denied by name, and nothing allows all', () => {
  const workspace = read('pnpm-workspace.yaml');
  const [, listed = ''] = /^allowBuilds:\n((?: {2}.*\n)+)/m.exec(workspace) ?? [];
  const rows = [...listed.matchAll(/^ {2}"?([^":]+)"?: (\S+)$/gm)];
  expect(rows.filter(([, , allowed]) => allowed !== 'false')).toEqual([]);
  expect(workspace).not.toMatch(/dangerouslyAllowAllBuilds|onlyBuiltDependencies/);
  const denied = new Set(rows.map(([, name]) => name));
  const installed = globSync('node_modules/.pnpm/*/node_modules/{*,@*/*}/package.json', {
    cwd: root,
  });
  expect(installed.length).toBeGreaterThan(300);
  const builds = installed.flatMap((file) => {
    const { name, scripts: own = {} } = JSON.parse(read(file)) as {
      name: string;
      scripts?: Record<string, string>;
    };
    return scripts.some((script) => own[script] !== undefined) ? [name] : [];
  });
  expect(builds.filter((name) => !denied.has(name))).toEqual([]);
});

it('every package is pinned by its SHA-512 and comes from the registry, and the bill of materials names it', () => {
  const lockfile = read('pnpm-lock.yaml');
  expect(lockfile).not.toMatch(/tarball:|git\+|type: git|https?:\/\//);
  const [, packages = ''] = lockfile.split('\npackages:\n');
  const ids = [...(packages.split('\nsnapshots:\n')[0] ?? '').matchAll(/^ {2}'?([^\s']+)'?:$/gm)];
  const hashes = packages.match(/integrity: sha512-/g) ?? [];
  expect(hashes).toHaveLength(ids.length);
  const { components } = JSON.parse(read('docs/reference/sbom.cdx.json')) as {
    components: { name: string; version: string; hashes?: { alg: string }[] }[];
  };
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
  expect(ids.filter(([, id = '']) => !named.has(id))).toEqual([]);
  expect(components.filter(({ hashes: own = [] }) => own.length === 0)).toEqual([]);
});
