import { Command } from 'commander';
import { z } from 'zod';
import { allPages } from './all-pages.js';
import { askGateway, gatewayAccess } from './gateway.client.js';
import { plain, textTable } from './text-table.pure.js';

const delivery = z.object({
  id: z.string(),
  at: z.string(),
  state: z.string(),
  occasion: z.string(),
  recipient: z.string().nullable(),
  tries: z.int(),
  fault: z.string().nullable(),
});
const page = z.object({ deliveries: z.array(z.unknown()) });
const sentAgain = z.object({ outcome: z.string() });

/** A mail server may take its time; the gateway waits that long, too. */
const SEND_MS = 60_000;

const outcomes: Readonly<Record<string, string>> = {
  'new-code': 'A new code is on its way; the one that was not mailed is void.',
  sent: 'It was sent.',
  'nothing-to-do': 'Its recipient was forgotten meanwhile, or had it already; nothing was sent.',
};

/** `latchkey deliveries`: what was mailed to whom, and what failed. */
export function deliveriesCommand(): Command {
  return new Command('deliveries')
    .description('what was mailed to whom in the last 30 days, the newest change first')
    .option('--failed', 'only what could not be sent')
    .option('--json', 'a line of JSON each')
    .action(async ({ failed, json }: { failed?: true; json?: true }) => {
      const access = await gatewayAccess();
      const rows = [['ID', 'AT', 'STATE', 'OCCASION', 'TO', 'TRIES', 'WHY']];
      const query = failed ? { state: 'failed' } : undefined;
      for await (const answer of allPages(access, '/deliveries', query)) {
        for (const one of page.parse(answer).deliveries) {
          if (json) process.stdout.write(`${JSON.stringify(one)}\n`);
          else rows.push(rowOf(delivery.parse(one)));
        }
      }
      if (!json) process.stdout.write(rows.length > 1 ? textTable(rows) : 'None.\n');
    });
}

function rowOf(one: z.infer<typeof delivery>): string[] {
  const { id, at, state, occasion, recipient, tries, fault } = one;
  return [id, at, state, plain(occasion), plain(recipient), `${tries}`, plain(fault)];
}

/** `latchkey send-again`: a mail that failed once more; a code as a new code. */
export function sendAgainCommand(): Command {
  return new Command('send-again')
    .description('send a mail again that failed; a code that failed becomes a new code')
    .argument('<id>', 'its id, as `latchkey deliveries --failed` tells it')
    .action(async (id: string) => {
      const init = { method: 'POST', signal: AbortSignal.timeout(SEND_MS) } as const;
      const path = `/deliveries/${encodeURIComponent(id)}/send-again`;
      const response = await askGateway(await gatewayAccess(), path, init);
      const { outcome } = sentAgain.parse(await response.json());
      process.stdout.write(`${outcomes[outcome] ?? outcome}\n`);
    });
}
