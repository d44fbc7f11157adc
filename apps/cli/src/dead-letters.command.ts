import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { allPages } from './all-pages.js';
import { askGateway, gatewayAccess } from './gateway.client.js';
import { plain, textTable } from './text-table.pure.js';

const deadLetter = z.object({
  id: z.int(),
  consumer: z.string(),
  event: z.string().nullable(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
  at: z.string(),
});
const page = z.object({ deadLetters: z.array(z.unknown()) });
const replayed = z.object({ outcome: z.string() });

/** A replay does what failed, such as mailing; the gateway waits that long, too. */
const REPLAY_MS = 60_000;
const DROP_MS = 15_000;

/** `latchkey dead-letters`: what could not be handled, once more or never again. */
export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('messages that could not be handled: list, replay or drop them')
    .addCommand(listCommand())
    .addCommand(replayCommand())
    .addCommand(dropCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description(
      'the newest first, with its number, who could not handle it, and why; never what is in it',
    )
    .option('--json', 'a line of JSON each')
    .action(async ({ json }: { json?: true }) => {
      const access = await gatewayAccess();
      const rows = [['ID', 'AT', 'CONSUMER', 'CODE', 'WHY']];
      for await (const answer of allPages(access, '/dead-letters')) {
        for (const letter of page.parse(answer).deadLetters) {
          if (json) process.stdout.write(`${JSON.stringify(letter)}\n`);
          else rows.push(rowOf(deadLetter.parse(letter)));
        }
      }
      if (!json) process.stdout.write(rows.length > 1 ? textTable(rows) : 'No dead letters.\n');
    });
}

function rowOf({ id, at, consumer, code, reason }: z.infer<typeof deadLetter>): string[] {
  return [`${id}`, at, plain(consumer), plain(code), plain(reason)];
}

function replayCommand(): Command {
  return new Command('replay')
    .description('let the one who could not handle it handle it once more; nobody else hears it')
    .argument('<id>', 'its number', letterId)
    .action(async (id: string) => {
      const signal = AbortSignal.timeout(REPLAY_MS);
      const init = { method: 'POST', signal } as const;
      const path = `/dead-letters/${id}/replay`;
      const response = await askGateway(await gatewayAccess(), path, init);
      const { outcome } = replayed.parse(await response.json());
      const done = outcome === 'handled' ? 'was handled' : "is nobody's business any more";
      process.stdout.write(`Dead letter ${id} ${done}, and is gone.\n`);
    });
}

function dropCommand(): Command {
  return new Command('drop')
    .description('throw it away for good')
    .argument('<id>', 'its number', letterId)
    .action(async (id: string) => {
      const init = { method: 'DELETE', signal: AbortSignal.timeout(DROP_MS) } as const;
      await askGateway(await gatewayAccess(), `/dead-letters/${id}`, init);
      process.stdout.write(`Dead letter ${id} is dropped.\n`);
    });
}

function letterId(text: string): string {
  if (/^[1-9]\d{0,14}$/.test(text)) return text;
  throw new InvalidArgumentError('expected its number, as `latchkey dead-letters list` tells it');
}
