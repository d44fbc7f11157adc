// Every task. What each does is said once, in package.json, where `npm run` shows it too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, check, generate } from './checks.mjs';
import { root, run } from './processes.mjs';
import { test } from './test.mjs';

/**
 * A compiled program of ours, after a build of its project and what that needs: a slip in a test elsewhere does not stop
 * it. It learns by its IPC channel when this process dies.
 */
function program(project, path) {
  return async (node, args) => {
    const failed = await build([project]);
    if (failed !== 0) return failed;
    const file = `${project}/${path}`;
    return run([node, '--enable-source-maps', file, ...args], { watchParent: true });
  };
}

/** Each takes the Node to use and the command line's other arguments, and gives back an exit code. */
export const tasks = {
  start: program('tools/devstack', 'dist/start.js'),
  demo: program('tools/demo', 'dist/main.js'),
  latchkey: program('apps/cli', 'dist/main.js'),
  bench: program('bench', 'dist/main.js'),
  test,
  check,
  build: () => build(),
  generate,
  format: (_node, args) => run(['biome', 'format', '--write', ...args]),
};

/** @returns {string} a line for each task, for people */
export function listTasks() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lines = Object.keys(tasks).map((name) => {
    const does = /^: '([^']*)'/.exec(scripts[name] ?? '')?.[1] ?? '';
    return `  ${`npm run ${name}`.padEnd(18)} ${does}`;
  });
  return ['Tasks:', ...lines].join('\n');
}
