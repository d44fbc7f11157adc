// Building and checking: each check is a program that exits 0 when all is well.
import { buildPages } from './pages.mjs';
import { run } from './processes.mjs';
import { saying } from './progress.mjs';

const sources = ['libs', 'services', 'apps', 'tools', 'tests', 'bench'];

/** Programs that write generated files; with `--check` they compare instead, and exit 1 naming what is stale. */
const generators = [
  'libs/contracts/dist/generate/main.js',
  'services/gateway/dist/generate.js',
  'tools/boot/third-party.mjs',
  'tools/boot/sbom.mjs',
  'tests/dist/attack/threats-page.main.js',
  'apps/cli/dist/figures/figures-page.main.js',
];

/**
 * Compiles what has changed in these projects and in what they need; in all of them, tests included, where none is named.
 * The web pages, which services serve, are built as well.
 * @param {string[]} [projects] folders
 * @returns {Promise<number>} exit code
 */
export async function build(projects = []) {
  const compile = () => run(['tsc', '-b', ...projects], { quiet: true });
  const code = await saying('Compiling', compile);
  return code === 0 ? saying('Building the web pages', buildPages) : code;
}

/** Writes the generated files anew. @returns {Promise<number>} exit code */
export async function generate(node) {
  let code = await build();
  for (const path of generators) code ||= await run([node, path]);
  return code;
}

function checksWith(node) {
  return [
    { name: 'format', command: ['biome', 'format'], fix: 'npm run format' },
    { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
    { name: 'links in Markdown', command: [node, 'tools/boot/links.mjs'] },
    { name: 'dependency rules', command: ['depcruise', '--no-progress', ...sources] },
    ...generators.map((path) => ({
      name: `generated files (${path})`,
      command: [node, path, '--check'],
      fix: 'npm run generate',
    })),
  ];
}

/**
 * Runs every check to its end, whatever fails before, and names those that failed.
 * @param {string} node the Node to run generators on
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(node) {
  const failed = [];
  const checks = checksWith(node);
  for (const { name, command, fix } of checks) {
    console.error(`check: ${name}`);
    if ((await run(command, { quiet: true })) === 0) continue;
    failed.push(name);
    console.error(`check failed: ${name}${fix ? ` (put right by: ${fix})` : ''}`);
  }
  return { passed: checks.length - failed.length, failed: failed.length };
}

/** The task `check`: builds first, since generators run compiled. @returns {Promise<number>} exit code */
export async function check(node) {
  const code = await build();
  if (code !== 0) return code;
  return (await runChecks(node)).failed === 0 ? 0 : 1;
}
