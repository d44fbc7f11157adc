import { Command } from 'commander';
import { askGateway, gatewayAccess } from './gateway.client.js';
import { status, statusTable } from './status-table.pure.js';

const ASK_MS = 15_000;

/** `latchkey status`: what is up and what is not. Exit 0 where all is ready, else 1. */
export function statusCommand(): Command {
  return new Command('status')
    .description('what is up and what is not (exit 1 where something is away)')
    .option('--json', 'as the gateway answers it')
    .action(async ({ json }: { json?: true }) => {
      const access = await gatewayAccess();
      const signal = AbortSignal.timeout(ASK_MS);
      const answer: unknown = await (await askGateway(access, '/status', { signal })).json();
      const read = status.parse(answer);
      process.stdout.write(json ? `${JSON.stringify(answer)}\n` : statusTable(read));
      if (!read.ready) process.exitCode = 1;
    });
}
