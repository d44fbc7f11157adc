import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { spawnWatched } from './watched-process.js';

const here = new URL('.', import.meta.url).href;

/** Lets Node run the TypeScript sources themselves, whose imports end in `.js`; packages are taken as they are built. */
const hooks = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('.') && context.parentURL?.startsWith('${here}');
    return next(isOurs ? specifier.replace(/[.]js$/, '.ts') : specifier, context);
  },
});`;

/**
 * A process of its own that runs `code` (an ES module) beside the sources: `load('./broker.js')` imports one.
 * Resolves with the first line that it prints.
 */
export async function runSource(code: string): Promise<{ child: ChildProcess; line: string }> {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`];
  const load = `const load = (file) => import('${here}' + file.slice(2).replace(/js$/, 'ts'));`;
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
