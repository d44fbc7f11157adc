import { keyNames } from '@latchkey/contracts';
import { makeKeys } from '@latchkey/runtime/keys';
import { Command, Option } from 'commander';

/** Makes the keys that are missing and says what it did, never what a key is. */
export async function initKeys(dir: string): Promise<string> {
  const { made, kept } = await makeKeys(dir, keyNames);
  const lines = [
    ...made.map((file) => `  made        ${file}`),
    ...kept.map((file) => `  was there   ${file}`),
  ];
  const advice =
    made.length === 0
      ? 'Nothing was made: all keys are there, and were left as they are.'
      : 'Back them up apart from the database: without master.key its templates are lost, without pepper.key its codes.';
  return [`Keys in ${dir}:`, ...lines.toSorted(), advice, ''].join('\n');
}

/** `latchkey keys`: the key files of an installation. */
export function keysCommand(): Command {
  const init = new Command('init')
    .description(
      'make the key files that are missing, for their owner alone; one that is there is never touched',
    )
    .addOption(
      new Option('--dir <dir>', 'the folder of the keys').env('LK_KEYS_DIR').default('var/keys'),
    )
    .action(async ({ dir }: { dir: string }) => {
      process.stdout.write(await initKeys(dir));
    });
  return new Command('keys').description('the key files of an installation').addCommand(init);
}
