// Writes docs/reference/sbom.cdx.json: every package of the lockfile and every model, as CycloneDX 1.6. With --check it compares.
// Neither a time nor a number of its own stands in it: the same lockfile gives the same file.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

const target = join(root, 'docs/reference/sbom.cdx.json');

/** The lines of one section of pnpm-lock.yaml, by entry: `'name@1.2.3(peers)'` → its lines. */
function sectionOf(lockfile, name) {
  const entries = new Map();
  const [, after = ''] = lockfile.split(`\n${name}:\n`);
  let current;
  for (const line of after.split('\n')) {
    if (/^\S/.test(line)) break;
    const key = /^ {2}'?([^\s'].*?)'?:(?: \{\})?$/.exec(line)?.[1];
    if (key && !line.startsWith('   ')) entries.set(key, (current = []));
    else if (line !== '') current?.push(line);
  }
  return entries;
}

/** Not by a language's order, which differs between machines. */
const byCode = (one, other) => (one < other ? -1 : 1);

const withoutPeers = (id) => id.replace(/\(.*$/, '');

function nameAndVersion(id) {
  const at = id.lastIndexOf('@');
  return { name: id.slice(0, at), version: id.slice(at + 1) };
}

/** https://github.com/package-url/purl-spec: a scope's `@` is escaped. */
function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** What a package says of its licence; packages for one kind of machine are not installed on the others, so none is read. */
function licenceOf(id, lines) {
  if (lines.some((line) => /^ {4}(cpu|os|libc):/.test(line))) return undefined;
  const { name } = nameAndVersion(id);
  const store = join(root, 'node_modules/.pnpm');
  const folder = `${id.replaceAll('/', '+')}`;
  const found = installed.find((entry) => entry === folder || entry.startsWith(`${folder}_`));
  const manifest = found && join(store, found, 'node_modules', name, 'package.json');
  if (!manifest || !existsSync(manifest)) return undefined;
  const { license } = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof license === 'string' ? license : license?.type;
}

function packageOf(id, lines) {
  const facts = nameAndVersion(id);
  const integrity = /sha512-([A-Za-z0-9+/=]+)/.exec(lines.join('\n'))?.[1];
  const licence = licenceOf(id, lines);
  return {
    type: 'library',
    'bom-ref': purlOf(facts),
    ...facts,
    purl: purlOf(facts),
    ...(integrity && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity, 'base64').toString('hex') }],
    }),
    ...(licence && { licenses: [{ license: { name: licence } }] }),
  };
}

function dependenciesOf(snapshots) {
  const byRef = new Map();
  for (const [id, lines] of snapshots) {
    const ref = purlOf(nameAndVersion(withoutPeers(id)));
    const needed = byRef.get(ref) ?? new Set();
    for (const line of lines) {
      const [, name, version] = /^ {6}'?([^\s']+?)'?: (\d\S*)$/.exec(line) ?? [];
      if (name) needed.add(purlOf({ name, version: withoutPeers(version) }));
    }
    byRef.set(ref, needed);
  }
  return [...byRef].map(([ref, needed]) => ({ ref, dependsOn: [...needed].toSorted(byCode) }));
}

/** The models, each with the SHA-256 that is compared when it is loaded. */
function modelsOf({ name, version, licence, models }) {
  return Object.entries(models).map(([role, { file, sha256 }]) => ({
    type: 'machine-learning-model',
    'bom-ref': `${purlOf({ name, version })}#${file}`,
    name: `${role} (${file})`,
    version,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    licenses: [{ license: { name: licence } }],
  }));
}

async function document() {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { DEFAULT_PACK } = await import('../../libs/vision/dist/default-pack.js');
  const packages = [...sectionOf(lockfile, 'packages')];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': name,
        name,
        version,
        licenses: [{ license: { id: license } }],
      },
    },
    components: [...packages.map(([id, lines]) => packageOf(id, lines)), ...modelsOf(DEFAULT_PACK)],
    dependencies: dependenciesOf(sectionOf(lockfile, 'snapshots')),
  };
}

const installed = readdirSync(join(root, 'node_modules/.pnpm'));
const text = `${JSON.stringify(await document(), null, 1)}\n`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error('docs/reference/sbom.cdx.json is not fresh; run `npm run generate`.');
  process.exit(1);
}
