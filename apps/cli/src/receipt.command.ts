import { readFile } from 'node:fs/promises';
import { type ErasureReceipt, erasureReceipt, receiptText } from '@latchkey/contracts';
import { isSignedBy, loadSignerKeysEver } from '@latchkey/runtime';
import { Command } from 'commander';
import { z } from 'zod';
import { keysOption } from './audit.command.js';

const receiptFile = z.union([
  z.array(erasureReceipt),
  z.object({ receipts: z.array(erasureReceipt) }).transform(({ receipts }) => receipts),
  erasureReceipt.transform((receipt) => [receipt]),
]);

/** `latchkey receipt`: proofs that people were forgotten. */
export function receiptCommand(): Command {
  const verify = new Command('verify')
    .description(
      'whether a receipt, or a file of them, is what the registry signed; ends with 1 where one is not',
    )
    .argument('<file>', 'as the console or the API gave it, JSON')
    .addOption(keysOption())
    .action(async (file: string, { keys }: { keys: string }) => {
      const publicKeys = await loadSignerKeysEver(keys, 'registry');
      for (const receipt of await receiptsIn(file)) {
        const holds = isSignedBy(publicKeys, receiptText(receipt), receipt.signature);
        process.stdout.write(holds ? trueWords(receipt) : falseWords(receipt));
        if (!holds) process.exitCode = 1;
      }
    });
  return new Command('receipt').description('proofs that people were forgotten').addCommand(verify);
}

async function receiptsIn(file: string): Promise<readonly ErasureReceipt[]> {
  const text = await readFile(file, 'utf8');
  try {
    return receiptFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${file} holds no receipts: expected the JSON that a deletion was answered with.`,
      { cause },
    );
  }
}

function trueWords({ receipt, person, at, erased }: ErasureReceipt): string {
  return `✓ ${receipt}: the registry signed that ${person} was forgotten at ${at}: ${erased.join(', ')}.\n`;
}

function falseWords({ receipt }: ErasureReceipt): string {
  return `✗ ${receipt}: this is not what the registry signed.\n`;
}
