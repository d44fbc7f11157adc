import type { BrokerAddress } from '@latchkey/runtime';
import { type Command, Option } from 'commander';

/** How a command is told where the broker is, and by what it is known. */
export interface BrokerOptions {
  readonly dir: string;
  readonly nats: string;
  readonly ca?: string;
}

export const inFolder = (command: Command): Command =>
  command.addOption(
    new Option('--dir <dir>', 'the folder of the keys').env('LK_KEYS_DIR').default('var/keys'),
  );

/** For a command that speaks to the broker. */
export const toBroker = (command: Command): Command =>
  inFolder(command)
    .addOption(
      new Option('--nats <url>', 'the address of the broker')
        .env('NATS_URL')
        .default('tls://127.0.0.1:4222'),
    )
    .addOption(
      new Option(
        '--ca <file>',
        'who signed the broker’s certificate, where not the campus’s own authority',
      ).env('LK_NATS_CA_FILE'),
    );

export const brokerAddress = ({ dir, nats, ca }: BrokerOptions) =>
  ({ url: nats, keysDir: dir, caFile: ca }) satisfies BrokerAddress;
