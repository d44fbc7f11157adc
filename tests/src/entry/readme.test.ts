// Real: the whole campus, the command line, curl, and what the README says to type.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { accessGranted } from '@latchkey/contracts';
import { Campus } from '@latchkey/demo';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The commands under a heading of the README, its first block of them. */
async function commandsOf(heading: string): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [, commands = ''] = /^```sh\n(.*?)^```/ms.exec(section) ?? [];
  return commands;
}

let campus: Campus;
beforeAll(async () => {
  campus = await Campus.start();
}, 180_000);
afterAll(() => campus.close());

it('somebody who types what the README says is granted entry, and not twice with one code', async () => {
  const { stack, dataDir, mail } = campus;
  const place = join(dataDir, 'typed');
  await mkdir(join(place, 'var'), { recursive: true });
  await writeFile(join(place, 'var', 'operator.token'), `${stack.operatorToken}\n`);
  const latchkey = `'${process.execPath}' '${join(root, 'apps/cli/dist/main.js')}'`;
  const typed = (await commandsOf('Try it by hand'))
    .replaceAll('npm run -s latchkey -- kiosk', `${latchkey} kiosk --url ${stack.kioskUrl}`)
    .replaceAll('npm run -s latchkey --', latchkey)
    .replaceAll('http://127.0.0.1:8080', stack.gatewayUrl)
    .replaceAll('http://127.0.0.1:8025', mail.inboxUrl);
  expect(typed).not.toMatch(/npm run|:8080|:8025/);
  const shell = spawn('bash', ['-c', typed], { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    once(shell, 'close'),
  ]);
  const outcomes = said.match(/^(?:granted|denied|expired|abandoned).*$/gm);
  expect({ outcomes, complained }).toEqual({
    outcomes: [
      expect.stringMatching(/^granted: ACCESS GRANTED/),
      expect.stringMatching(/^expired/),
    ],
    complained: expect.any(String),
  });
  expect(said).toContain(accessGranted.type);
}, 240_000);
