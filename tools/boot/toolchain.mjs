// Packages as the lockfile says, and a Node that is new enough.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootError, binFolder, root, run } from './processes.mjs';

const oldestNode = [22, 22];

function textOf(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** pnpm keeps the lockfile that it last installed in full; the same text means that nothing is left to do. */
function packagesAreCurrent() {
  return (
    textOf('node_modules/.modules.yaml') !== undefined &&
    textOf('node_modules/.pnpm/lock.yaml') === textOf('pnpm-lock.yaml')
  );
}

/** Installs what the lockfile names, unless that is there. Throws BootError when it cannot. */
export async function bringPackages() {
  if (packagesAreCurrent()) return;
  console.error('Installing packages… (the first time this takes a while)');
  // On a terminal its progress is one line that goes on; CI, below, would have it say less.
  const progress = process.stderr.isTTY ? ['--reporter=default'] : [];
  const install = ['npx', '--yes', 'pnpm@12', 'install', '--frozen-lockfile', ...progress];
  const code = await run(install, {
    quiet: true,
    env: { CI: 'true' }, // else pnpm asks before it replaces a node_modules folder made by something else
  });
  if (code === 0) return;
  if (code > 128) throw new BootError('Stopped while installing packages.');
  throw new BootError(
    `Installing packages failed (pnpm ended with ${code}; its message is above). It needs the npm registry, or a mirror named in .npmrc.`,
  );
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** @returns {string} the Node to run everything on: the installed one, else the system's where that is ≥ 22.22 */
export function chooseNode() {
  const installed = join(binFolder, 'node');
  if (existsSync(installed)) return installed;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new BootError(
    `Latchkey needs Node ≥ ${oldestNode.join('.')}; this is ${process.versions.node}, and for ${process.platform}-${process.arch} none is installed with the packages. Install Node 24 from https://nodejs.org and try again.`,
  );
}
