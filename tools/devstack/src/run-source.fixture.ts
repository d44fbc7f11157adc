import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { spawnWatched } from './watched-process.js';

/** Lets Node run the TypeScript sources themselves, whose imports end in `.js`. */
const hooks = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('.') && specifier.endsWith('.js');
    return next(isOurs ? specifier.slice(0, -3) + '.ts' : specifier, context);
  },
});`;

/**
 * A process of its own that runs `code` (an ES module) beside the sources: `load('./broker.js')` imports one.
 * Resolves with the first line that it prints.
 */
export async function runSource(code: string): Promise<{ child: ChildProcess; line: string }> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`];
  const load = `const load = (file) => import('file://${here}' + file.slice(2).replace(/js$/, 'ts'));`;
  const child = spawnWatched(
    process.execPath,
    [...args, '--input-type=module', '-e', load + code],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [first] = (await Promise.race([
    once(child.stdout as Readable, 'data'),
    once(child, 'exit'),
  ])) as [Buffer | number];
  if (typeof first === 'number')
    throw new Error(`the process ended with ${first} and said nothing`);
  return { child, line: first.toString().trim() };
}
